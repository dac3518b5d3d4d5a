package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.HardshipRequest.Kind;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.HardshipRequest.PlanState;
import io.anju.arrears.HardshipRequest.PlannedBill;
import io.anju.arrears.HardshipRequest.State;
import io.anju.lease.LeaseService;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.KnownCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.anju.rent.Debts;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Deferrals and instalments: what households ask for, what is decided, and how plans end. */
final class HardshipDesk {
    private final LeaseService leases;
    private final Debts debts;
    private final Sheets sheets;
    private final Impartial impartial;
    private final HardshipStore store;
    private final PauseStore pauses = new PauseStore();

    HardshipDesk(LeaseService leases, Debts debts, Sheets sheets, Impartial impartial, HardshipStore store) {
        this.leases = leases;
        this.debts = debts;
        this.sheets = sheets;
        this.impartial = impartial;
        this.store = store;
    }

    /** What is asked for. */
    record Order(
            Kind kind,
            String reason,
            @Nullable LocalDate until,
            @Nullable Integer instalments) {}

    /** @param tenantFrom null for the tenancy that concerns the caller first */
    Future<HardshipRequest> ask(
            Tx tx, ResidentCaller caller, UUID leaseId, @Nullable LocalDate tenantFrom, Order order, Instant now) {
        var today = Shanghai.date(now);
        return leases.getMine(tx, caller, leaseId, tenantFrom, today)
                .compose(tenancy -> sheets.standing(tx, tenancy, today))
                .compose(standing -> requireNoneRunning(standing)
                        .compose(free -> requireWithinRules(tx, standing, order))
                        .map(checked -> new HardshipRequest(
                                Ids.next(now),
                                leaseId,
                                standing.tenancy().from(),
                                standing.lease().cityCode(),
                                caller.id(),
                                order.kind(),
                                order.reason(),
                                order.until(),
                                order.instalments(),
                                State.ASKED,
                                today,
                                null,
                                null)))
                .compose(asked -> store.insert(tx, asked, now)
                        .compose(written ->
                                Audit.record(tx, caller, "arrears.relief-asked", "arrears-request", asked.id(), null))
                        .compose(audited -> tell(tx, "arrears.relief-asked", asked))
                        .map(asked));
    }

    /** One thing at a time: a deferral or a plan that holds today keeps others away. */
    private static Future<Void> requireNoneRunning(Standing standing) {
        var runs = standing.pauses().stream()
                .anyMatch(pause -> (pause.reason() == PauseReason.DEFERRAL || pause.reason() == PauseReason.PLAN)
                        && pause.holds(standing.today()));
        return runs ? Refusal.failed(ArrearsProblem.ARREARS_REQUEST_WAITS) : Future.succeededFuture();
    }

    private Future<Void> requireWithinRules(Sql sql, Standing standing, Order order) {
        if (standing.arrears().isEmpty()) {
            return Refusal.failed(ArrearsProblem.NOTHING_OVERDUE);
        }
        var fen = standing.arrears().get().overdueFen();
        if (order.kind() == Kind.INSTALMENT_PLAN) {
            var rules = standing.relief().instalments();
            var count = order.instalments();
            if (rules == null || count == null || order.until() != null || count > rules.most() || fen < count) {
                throw Refusal.at("/instalments", ArrearsProblem.RELIEF_BEYOND_RULES);
            }
            return Future.succeededFuture();
        }
        var rules = standing.relief().deferral();
        var until = order.until();
        var today = standing.today();
        if (rules == null
                || until == null
                || order.instalments() != null
                || !until.isAfter(today)
                || until.isAfter(today.plusDays(rules.longestDays()))) {
            throw Refusal.at("/until", ArrearsProblem.RELIEF_BEYOND_RULES);
        }
        return store.deferralsSince(sql, standing.tenancy(), today.minusYears(1))
                .compose(granted -> granted >= rules.timesAYear()
                        ? Refusal.failed(ArrearsProblem.RELIEF_BEYOND_RULES)
                        : Future.succeededFuture());
    }

    Future<HardshipRequest> withdraw(Tx tx, ResidentCaller caller, UUID requestId, Instant now) {
        return store.lock(tx, requestId)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(asked -> leases.getMine(tx, caller, asked.leaseId(), asked.tenantFrom(), Shanghai.date(now))
                        .map(asked))
                .compose(asked -> move(tx, caller, asked, State.WITHDRAWN, null, now));
    }

    private Future<HardshipRequest> move(
            Tx tx, KnownCaller caller, HardshipRequest asked, State state, @Nullable String decision, Instant now) {
        if (!asked.state().mayMoveTo(state)) {
            return Refusal.failed(ArrearsProblem.ARREARS_REQUEST_DECIDED);
        }
        var what = "arrears.relief-" + ArrearsCase.id(state);
        var by = decision == null ? null : caller.id();
        var on = decision == null ? null : Shanghai.date(now);
        return store.move(tx, asked.id(), state, by, on, decision)
                .compose(moved -> Audit.record(tx, caller, what, "arrears-request", asked.id(), decision))
                .compose(audited -> tell(tx, what, asked))
                .compose(told -> store.lock(tx, asked.id()))
                .map(Optional::orElseThrow);
    }

    private static Future<Void> tell(Tx tx, String what, HardshipRequest asked) {
        var payload = ArrearsEvents.about(asked.tenantFrom())
                .put("requestId", asked.id().toString())
                .put("kind", ArrearsCase.id(asked.kind()));
        return Outbox.append(tx, what, asked.leaseId(), payload.encode());
    }

    /** The lease's account is locked first, so what is granted is what is owed. */
    Future<HardshipRequest> decide(
            Tx tx, CityCaller caller, UUID requestId, boolean grants, String reason, Instant now) {
        ArrearsService.requireMasked("/reason", reason);
        var cityCode = caller.office().cityCode();
        return store.lock(tx, requestId)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(asked -> impartial
                        .require(tx, caller, asked.leaseId(), asked.tenantFrom())
                        .map(asked))
                .compose(asked -> asked.state().mayMoveTo(State.GRANTED)
                        ? Future.succeededFuture(asked)
                        : Refusal.failed(ArrearsProblem.ARREARS_REQUEST_DECIDED))
                .compose(asked -> (grants ? grant(tx, caller, asked, now) : Future.<Void>succeededFuture())
                        .compose(
                                done -> move(tx, caller, asked, grants ? State.GRANTED : State.DECLINED, reason, now)));
    }

    private Future<Void> grant(Tx tx, CityCaller caller, HardshipRequest asked, Instant now) {
        var today = Shanghai.date(now);
        var order = new Order(asked.kind(), asked.reason(), asked.until(), asked.instalments());
        return debts.lock(tx, List.of(asked.leaseId()))
                .compose(locked -> sheets.standing(tx, asked.leaseId(), asked.tenantFrom(), today))
                .compose(standing -> requireWithinRules(tx, standing, order)
                        .compose(checked -> asked.kind() == Kind.DEFERRAL
                                ? pause(
                                        tx,
                                        caller,
                                        asked,
                                        PauseReason.DEFERRAL,
                                        Objects.requireNonNull(asked.until()),
                                        now)
                                : plan(tx, caller, asked, standing, now)));
    }

    private Future<Void> plan(Tx tx, CityCaller caller, HardshipRequest asked, Standing standing, Instant now) {
        var rules = Objects.requireNonNull(standing.relief().instalments());
        var bills = standing.overdue().stream()
                .map(debt -> new PlannedBill(debt.billId(), debt.dueFen()))
                .toList();
        var fen = bills.stream().mapToLong(PlannedBill::dueFen).sum();
        var parts = PlanPolicy.instalments(rules, fen, Objects.requireNonNull(asked.instalments()), standing.today());
        var plan = new Plan(
                asked.id(), asked.leaseId(), asked.tenantFrom(), fen, PlanState.RUNNING, null, bills, parts, 0);
        var last = parts.get(parts.size() - 1).dueOn().plusDays(rules.breachAfterDays());
        return store.insertPlan(tx, plan, standing.today())
                .compose(written -> pause(tx, caller, asked, PauseReason.PLAN, last, now));
    }

    private Future<Void> pause(
            Tx tx, CityCaller caller, HardshipRequest asked, PauseReason reason, LocalDate to, Instant now) {
        var note = reason == PauseReason.PLAN ? "已批准分期缴纳" : "已批准缓缴";
        var pause = new Pause(
                Ids.next(now),
                asked.leaseId(),
                asked.tenantFrom(),
                asked.cityCode(),
                reason,
                Shanghai.date(now),
                to,
                note,
                asked.id(),
                null,
                null);
        return pauses.insert(tx, pause, caller.id(), now).mapEmpty();
    }
}
