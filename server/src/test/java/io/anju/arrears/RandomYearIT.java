package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.Domains;
import io.anju.arrears.ModelLadder.Taken;
import io.anju.testing.Anju;
import io.anju.testing.Seeds;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Households that pay, ask their money back, fall behind, prepay, complain, ask for time and for instalments, keep plans and break them, and
 * whose debts are given up in part, at random over months with all their holidays; every day what the product did is what a small model of the rules says.
 *
 * <p>{@code -Danju.arrears.days=365 -Danju.arrears.households=40} makes it a year of a small estate;
 * {@code -Danju.seed=…} plays one again.
 */
class RandomYearIT extends YearCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final long SEED = Seeds.of(RandomYearIT.class);
    private static final int DAYS = Integer.getInteger("anju.arrears.days", 150);
    private static final int HOUSEHOLDS = Integer.getInteger("anju.arrears.households", 5);

    private final List<Household> households = new ArrayList<>();

    RandomYearIT() {
        super(anju, new Random(SEED));
    }

    @Test
    void every_day_of_a_random_year_is_as_the_model_says() {
        for (var i = 0; i < HOUSEHOLDS; i++) {
            households.add(household());
        }
        var first = anju.clock().today();
        households.forEach(this::readDeposit);
        readBills(first);
        for (var number = 1; number <= DAYS; number++) {
            var today = first.plusDays(number);
            anju.clock().set(today, LocalTime.NOON);
            anju.runJobs();
            households.forEach(one -> one.model().night(today));
            households.forEach(one -> compare(one, today));
            if (today.getDayOfMonth() == 1) {
                bill(today.toString().substring(0, 7));
                readBills(today);
                assertThat(Anju.await(Domains.ledgerAudit().run(anju.db())).broken())
                        .isEmpty();
            }
            households.forEach(one -> live(one, today));
        }
        households.forEach(this::moveOut);
        assertThat(households.stream()
                        .flatMap(one -> one.model().ladder.steps.stream())
                        .map(Taken::rung))
                .contains("kind-reminder", "formal-notice");
        assertThat(households.stream().flatMap(one -> one.orders().stream()))
                .anyMatch(order -> order.givenBackFen > 0 && order.leftFen > 0)
                .anyMatch(order -> order.givenBackFen > 0 && order.leftFen == 0);
    }

    private void moveOut(Household one) {
        var today = anju.clock().today();
        var end = Map.of(
                "lastDay", today.toString(), "ground", "own-wish", "reason", "搬离", "returnedOn", today.toString());
        city.post("/v1/staff/leases/" + one.let().leaseId() + "/termination", end)
                .expect(200);
        var about = "end of lease " + one.let().leaseId() + ", seed " + SEED;
        var expected = YearEnd.of(one.model(), today);
        assertThat(number(
                        "SELECT sum(amount_fen - paid_fen - credited_fen - written_off_fen)::bigint AS n FROM rent.bill WHERE lease_id = $1",
                        one.leaseId()))
                .as(about)
                .isEqualTo(expected.dueFen());
        assertThat(number("SELECT credit_fen AS n FROM rent.account WHERE lease_id = $1", one.leaseId()))
                .as(about)
                .isEqualTo(expected.creditFen());
    }

    private void readDeposit(Household one) {
        one.model().depositFen = Anju.await(anju.db()
                        .find(
                                "SELECT coalesce(sum(amount_fen), 0)::bigint AS fen FROM rent.bill WHERE lease_id = $1 AND charge = 'deposit'",
                                row -> row.getLong("fen"),
                                one.leaseId()))
                .orElseThrow();
        one.model().otherFen = one.model().depositFen;
    }

    private void readBills(LocalDate today) {
        for (var one : households) {
            Anju.await(anju.db()
                            .list(
                                    "SELECT bill_id, from_date, to_date, due_on, amount_fen FROM rent.bill WHERE lease_id = $1 AND charge = 'rent' ORDER BY due_on, bill_id",
                                    row -> Map.entry(
                                            row.getUUID("bill_id"),
                                            new ModelBill(
                                                    row.getLocalDate("from_date"),
                                                    row.getLocalDate("to_date"),
                                                    row.getLocalDate("due_on"),
                                                    row.getLong("amount_fen"))),
                                    one.leaseId()))
                    .stream()
                    .filter(bill -> !one.model().bills.containsKey(bill.getKey()))
                    .forEach(bill -> one.model().issue(bill.getKey(), bill.getValue(), today));
        }
    }

    private void compare(Household one, LocalDate today) {
        var about = "lease " + one.let().leaseId() + " on " + today + ", seed " + SEED;
        var model = one.model();
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT s.rung, s.taken_on, s.overdue_fen FROM arrears.step s JOIN arrears.arrears_case c USING (case_id) WHERE c.lease_id = $1 ORDER BY s.taken_on",
                                row -> new Taken(
                                        row.getString("rung"),
                                        row.getLocalDate("taken_on"),
                                        row.getLong("overdue_fen")),
                                one.leaseId())))
                .as(about)
                .isEqualTo(model.ladder.steps);
        model.bills.forEach((id, bill) -> assertThat(number(
                        "SELECT coalesce(sum(charged_fen), 0)::bigint AS n FROM arrears.late_fee WHERE bill_id = $1",
                        id))
                .as("fee of " + id + " of " + about)
                .isEqualTo(bill.feeFen));
        assertThat(number(
                        "SELECT coalesce(sum(amount_fen - paid_fen - credited_fen - written_off_fen), 0)::bigint AS n FROM rent.bill WHERE lease_id = $1 AND charge = 'rent' AND due_on < $2",
                        one.leaseId(),
                        today))
                .as("overdue of " + about)
                .isEqualTo(model.overdueFen(today));
        assertThat(number(
                        "SELECT count(*) AS n FROM arrears.arrears_case WHERE lease_id = $1 AND closed_on IS NULL",
                        one.leaseId()))
                .as("case of " + about)
                .isEqualTo(model.hasCase ? 1 : 0);
        assertThat(number("SELECT credit_fen AS n FROM rent.account WHERE lease_id = $1", one.leaseId()))
                .as("credit of " + about)
                .isEqualTo(model.creditFen);
        var plan = model.relief.plan;
        if (plan != null) {
            assertThat(number(
                            "SELECT count(*) AS n FROM arrears.plan WHERE request_id = $1 AND state = $2",
                            plan.id,
                            plan.state))
                    .as("plan of " + about)
                    .isOne();
        }
    }

    private static long number(String query, Object... arguments) {
        return Anju.await(anju.db().find(query, row -> row.getLong("n"), arguments))
                .orElseThrow();
    }

    /** What a household does on a day: mostly nothing. */
    private void live(Household one, LocalDate today) {
        var model = one.model();
        var plan = model.relief.plan;
        if (plan != null
                && plan.state.equals("running")
                && one.keepsPlans()
                && model.relief.missing(plan, today, model.bills) > 0) {
            pays(one, model.relief.missing(plan, today, model.bills), today);
        }
        var overdue = model.overdueFen(today);
        switch (random().nextInt(60)) {
            case 0 -> pays(one, Math.max(1, overdue / (1 + random().nextInt(3))), today);
            case 1 -> pays(one, Math.max(1, overdue), today);
            case 2 -> pays(one, overdue + 1 + random().nextInt(100_000), today);
            case 3, 4 -> reads(one, today);
            case 5 -> letter(one, today);
            case 6 -> pause(one, today);
            case 7 -> ask(one, "deferral", today);
            case 8, 9 -> ask(one, "instalment-plan", today);
            case 10, 11 -> complain(one);
            case 12, 13 -> giveUp(one, today);
            case 14, 15, 16 -> orders(one, today);
            case 17, 18, 19 -> getsBack(one, today);
            default -> {}
        }
    }
}
