package io.anju.message;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.anju.arrears.ArrearsRoom;
import io.anju.identity.IdentityService;
import io.anju.lease.LeaseService;
import io.anju.payment.PaymentOrder;
import io.anju.payment.PaymentService;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox.Event;
import io.anju.platform.time.Shanghai;
import io.anju.rent.Bill;
import io.anju.rent.RentService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What events mean to residents: the tenant whose days a bill or a step is of, and whoever paid. */
final class Occasions {
    private final Neighbours others;

    /** Rooms whose events are told. */
    record Neighbours(
            IdentityService identity,
            LeaseService leases,
            RentService rent,
            ArrearsRoom arrears,
            PaymentService payments) {}

    Occasions(Neighbours others) {
        this.others = others;
    }

    Future<List<Occasion>> of(Tx tx, List<Event> events) {
        var bills = bills(tx, ofTopic(events, "rent.bill-issued"));
        var steps = each(ofTopic(events, "arrears.step-taken"), event -> step(tx, event));
        var owed = Future.all(bills, steps).compose(read -> {
            var all = new ArrayList<>(bills.result());
            all.addAll(steps.result());
            return toTenants(tx, all);
        });
        var paid = each(ofTopic(events, "payment.paid"), event -> paid(tx, event));
        var refunded = each(ofTopic(events, "refund.succeeded"), event -> refunded(tx, event));
        return Future.all(owed, paid, refunded).map(read -> {
            var all = new ArrayList<>(owed.result());
            all.addAll(paid.result());
            all.addAll(refunded.result());
            return all;
        });
    }

    /** Something about days of a lease. */
    private record Owed(
            long eventId, MessageKind kind, UUID leaseId, LocalDate ownedOn, String thing, long fen, LocalDate day) {}

    private Future<List<Owed>> bills(Tx tx, List<Event> events) {
        if (events.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return others.rent()
                .ofIds(tx, events.stream().map(Event::subjectId).toList())
                .map(found -> found.stream().collect(toMap(Bill::id, identity())))
                .map(found -> events.stream()
                        .filter(event -> isDue(found, event))
                        .map(event -> bill(event, found))
                        .toList());
    }

    private static boolean isDue(Map<UUID, Bill> found, Event event) {
        var bill = found.get(event.subjectId());
        return bill != null && bill.dueFen() > 0;
    }

    private static Owed bill(Event event, Map<UUID, Bill> found) {
        var bill = Objects.requireNonNull(found.get(event.subjectId()));
        return new Owed(
                event.position().id(),
                MessageKind.RENT_DUE,
                bill.leaseId(),
                bill.ownedOn(),
                MessagePolicy.thing(bill),
                bill.dueFen(),
                bill.dueOn());
    }

    private Future<Optional<Owed>> step(Tx tx, Event event) {
        var about = new JsonObject(event.payload());
        var tenantFrom = LocalDate.parse(about.getString("tenantFrom"));
        return others.arrears()
                .nudge(tx, UUID.fromString(about.getString("stepId")))
                .map(found -> found.map(step -> new Owed(
                        event.position().id(),
                        MessageKind.ARREARS,
                        event.subjectId(),
                        tenantFrom,
                        MessagePolicy.OVERDUE,
                        step.overdueFen(),
                        step.takenOn())));
    }

    private Future<List<Occasion>> toTenants(Tx tx, List<Owed> owed) {
        if (owed.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        var leases = owed.stream().map(Owed::leaseId).toList();
        var days = owed.stream().map(Owed::ownedOn).toList();
        return others.leases()
                .tenantsOn(tx, leases, days)
                .compose(persons -> others.identity().accountsOf(tx, persons))
                .map(accounts -> IntStream.range(0, owed.size())
                        .filter(place -> accounts.get(place).isPresent())
                        .mapToObj(place ->
                                occasion(owed.get(place), accounts.get(place).orElseThrow()))
                        .toList());
    }

    private static Occasion occasion(Owed owed, UUID residentId) {
        return new Occasion(owed.eventId(), owed.kind(), residentId, owed.thing(), owed.fen(), owed.day());
    }

    private Future<Optional<Occasion>> paid(Tx tx, Event event) {
        return others.payments()
                .order(tx, event.subjectId())
                .map(order ->
                        Optional.of(payment(event, order, MessagePolicy.PAID, order.amountFen(), order.paidAt())));
    }

    private Future<Optional<Occasion>> refunded(Tx tx, Event event) {
        return others.payments()
                .refund(tx, event.subjectId())
                .compose(refund -> others.payments()
                        .order(tx, refund.paymentId())
                        .map(order -> Optional.of(payment(
                                event, order, MessagePolicy.REFUNDED, refund.amountFen(), refund.succeededAt()))));
    }

    private static Occasion payment(Event event, PaymentOrder order, String thing, long fen, @Nullable Instant moved) {
        var day = Shanghai.date(moved == null ? event.at() : moved);
        return new Occasion(event.position().id(), MessageKind.PAYMENT, order.residentId(), thing, fen, day);
    }

    private static List<Event> ofTopic(List<Event> events, String topic) {
        return events.stream().filter(event -> event.topic().equals(topic)).toList();
    }

    /** One after another: there are few of them between two looks. */
    private static <T> Future<List<T>> each(List<Event> events, Function<Event, Future<Optional<T>>> read) {
        Future<List<T>> done = Future.succeededFuture(new ArrayList<>());
        for (var event : events) {
            done = done.compose(list -> read.apply(event).map(found -> {
                found.ifPresent(list::add);
                return list;
            }));
        }
        return done;
    }
}
