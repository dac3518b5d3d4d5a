package io.anju.sandbox;

import static io.anju.sandbox.CityHistory.await;

import io.anju.Domains;
import io.anju.identity.NationalId;
import io.anju.identity.Sex;
import io.anju.lease.Home;
import io.anju.lease.LeaseFile.Signer;
import io.anju.lease.SignOrder;
import io.anju.platform.db.Tx;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.Relation;
import io.anju.rent.Bill;
import io.anju.sandbox.CityCases.Case;
import io.anju.sandbox.CityOffices.TenancyDesk;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The homes that the main city lets in the last half year of its history: a register of homes, leases of three households
 * that never waited and of those that leave the list housed, a bill run each month, and payments by each one's habit.
 */
final class CityTenancies {
    /** The waiting list's own programme sets no rent in the sample rules. */
    private static final String PROGRAMME = "affordable-rental";

    /** Of the households that are made for it: with a lease, all bills paid. */
    static final String PENSIONER_PHONE = "13700000001";
    /** With a lease, and the last months unpaid. */
    static final String DEBTOR_PHONE = "13700000002";

    private static final String SLOW_PHONE = "13700000003";
    private static final Duration KEPT = Duration.ofDays(165);
    private static final int MOST_BILLS = 50;
    private static final int LATE_DAYS = 20;
    private static final int STOPPED_DAYS = 75;
    private static final int TERM_YEARS = 3;

    private final Domains domains;
    private final CityPlan plan;
    private final CityPeople people;
    private final TenancyDesk desk;
    private final CityWorld world;
    private final Deque<Home> vacant = new ArrayDeque<>();
    private final List<Tenancy> tenancies = new ArrayList<>();
    private boolean isOpen;
    private @Nullable YearMonth billed;

    CityTenancies(Domains domains, CityPlan plan, CityPeople people, TenancyDesk desk, CityWorld world) {
        this.domains = domains;
        this.plan = plan;
        this.people = people;
        this.desk = desk;
        this.world = world;
    }

    private enum Habit {
        PAYS,
        PAYS_LATE,
        STOPPED
    }

    private record Tenancy(UUID leaseId, ResidentCaller resident, Habit habit) {}

    /** A day's work: a new month's bills, and whoever pays today. */
    void work(Instant day) {
        if (!isOpen) {
            open(day);
        }
        if (!isOpen) {
            return;
        }
        var month = YearMonth.from(Shanghai.date(day));
        if (!month.equals(billed)) {
            billed = month;
            await(domains.db.inTransaction(
                    tx -> domains.tenancies.rent.bill(tx, desk.rentClerk(), PROGRAMME, month, day)));
            await(domains.jobs.runDue(day));
        }
        if (world.canPay()) {
            tenancies.forEach(tenancy -> await(pay(tenancy, day)));
        }
    }

    private void open(Instant day) {
        if (day.isBefore(plan.end().minus(KEPT)) || !setsRent(day)) {
            return;
        }
        isOpen = true;
        var today = Shanghai.date(day);
        await(domains.tenancies.homes.importFile(desk.leaseClerk(), CityHomes.file(today), day));
        vacant.addAll(await(domains.tenancies.homes.vacant(desk.leaseClerk(), today, CityHomes.COUNT)));
        var random = new SplittableRandom(plan.seed());
        settle(random, PENSIONER_PHONE, 71, Habit.PAYS, day);
        settle(random, DEBTOR_PHONE, 38, Habit.STOPPED, day);
        settle(random, SLOW_PHONE, 45, Habit.PAYS_LATE, day);
    }

    private boolean setsRent(Instant day) {
        return await(domains.policy
                .inForce(domains.db, CityPlan.MAIN_CITY, PROGRAMME, Shanghai.date(day))
                .map(true)
                .otherwise(false));
    }

    /** Somebody who lives alone, and has an account with a phone. */
    private void settle(SplittableRandom random, String phone, int age, Habit habit, Instant day) {
        var today = Shanghai.date(day);
        var born = today.minusYears(age).minusDays(random.nextInt(300));
        var surname = CityPeople.surname(random);
        var person = people.person(random, surname, Sex.FEMALE, born, CityPlan.MAIN_CITY.substring(0, 4) + "02");
        var resident = await(domains.db.inTransaction((Tx tx) ->
                domains.identity.createResident(tx, phone, person.name(), NationalId.parse(person.nationalId()), day)));
        var household = new HouseholdFacts(
                CityPlan.MAIN_CITY,
                List.of(new Person(Relation.APPLICANT, born, CityPlan.MAIN_CITY, born)),
                BigDecimal.ZERO,
                200_000,
                0,
                Set.of(),
                null);
        var caller = InNameOf.resident(resident);
        await(sign(caller, null, new Signer(person.name(), person.nationalId()), household, habit, day));
    }

    /** Whether a household that leaves the list on this day gets one of the homes. */
    boolean hasHome(Case planned) {
        return isOpen && !vacant.isEmpty() && planned.story().cityCode().equals(CityPlan.MAIN_CITY);
    }

    /** The household leaves the list with a lease, and moves in. */
    Future<Void> house(Case planned, UUID registrationId, Instant day) {
        var number = planned.story().number();
        var habit = number % 7 == 0 ? Habit.STOPPED : number % 5 == 0 ? Habit.PAYS_LATE : Habit.PAYS;
        return sign(planned.resident(), registrationId, null, null, habit, day);
    }

    private Future<Void> sign(
            ResidentCaller resident,
            @Nullable UUID registrationId,
            @Nullable Signer tenant,
            @Nullable HouseholdFacts household,
            Habit habit,
            Instant day) {
        var today = Shanghai.date(day);
        var order = new SignOrder(
                PROGRAMME,
                vacant.remove().id(),
                registrationId,
                tenant,
                List.of(),
                household,
                today,
                today.plusYears(TERM_YEARS).minusDays(1),
                today);
        var leases = domains.tenancies.leases;
        return domains.db
                .inTransaction(tx -> leases.sign(tx, desk.leaseClerk(), order, day)
                        .compose(signed -> leases.handOver(
                                tx, desk.leaseClerk(), signed.lease().id(), today, day))
                        .compose(file -> domains.identity
                                .addWeChat(tx, resident, WeChatLogIns.newOpenId(), day)
                                .map(file.lease().id())))
                .onSuccess(id -> tenancies.add(new Tenancy(id, resident, habit)))
                .mapEmpty();
    }

    private Future<Void> pay(Tenancy tenancy, Instant day) {
        return domains.tenancies
                .rent
                .mine(tenancy.resident(), true, null, MOST_BILLS)
                .map(bills -> bills.stream()
                        .filter(bill -> isPaidOn(bill, tenancy.habit(), Shanghai.date(day)))
                        .map(Bill::id)
                        .toList())
                .compose(bills -> bills.isEmpty()
                        ? Future.succeededFuture()
                        : domains.payments
                                .service()
                                .place(
                                        tenancy.resident().id(),
                                        tenancy.leaseId() + "." + Shanghai.date(day),
                                        bills,
                                        day)
                                .compose(order -> world.pay(order.outTradeNo())));
    }

    private boolean isPaidOn(Bill bill, Habit habit, LocalDate today) {
        return switch (habit) {
            case PAYS -> true;
            case PAYS_LATE -> !bill.dueOn().plusDays(LATE_DAYS).isAfter(today);
            case STOPPED -> bill.dueOn().isBefore(Shanghai.date(plan.end()).minusDays(STOPPED_DAYS));
        };
    }
}
