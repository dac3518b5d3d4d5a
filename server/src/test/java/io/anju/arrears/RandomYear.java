package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.Domains;
import io.anju.arrears.ModelLadder.Taken;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.anju.testing.Seeds;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Households that pay, ask their money back, fall behind, prepay, complain, ask for time and for instalments, keep plans and break them,
 * whose bills are credited, whose debts are given up in part and whose subsidies become void, at random over months with all their holidays;
 * every day what the product did is what a small model of the rules says.
 *
 * <p>{@code -Danju.arrears.days=365 -Danju.arrears.households=40} makes it a year of a small estate;
 * {@code -Danju.seed=…} plays one again: each household draws from a seed of its own, the next one's is one more.
 */
abstract class RandomYear extends YearCity {
    /** What is of the days of a tenant; a late fee is of the bill's that was late. */
    private static final String OWN =
            "coalesce(b.late_from_date, b.from_date) >= $2 AND ($3::date IS NULL OR coalesce(b.late_from_date, b.from_date) < $3)";

    final List<Household> households = new ArrayList<>();
    private final Anju anju;
    private final int days;
    private final int count;
    private final long seed = Seeds.of(getClass());

    /**
     * @param days in a build
     * @param count of households in a build
     */
    RandomYear(Anju anju, Letting letting, ModelCity rules, int days, int count) {
        super(anju, letting, rules);
        this.anju = anju;
        this.days = Integer.getInteger("anju.arrears.days", days);
        this.count = Integer.getInteger("anju.arrears.households", count);
    }

    /** What must have happened, or the year was none. */
    abstract void requireEvents();

    abstract boolean paysAfterVoid(int number);

    @Test
    void every_day_of_a_random_year_is_as_the_model_says() {
        for (var number = 0; number < count; number++) {
            households.add(household(new Random(seed + number), paysAfterVoid(number)));
        }
        var first = anju.clock().today();
        households.forEach(this::readDeposit);
        readBills(first);
        for (var number = 1; number <= days; number++) {
            var today = first.plusDays(number);
            anju.clock().set(today, LocalTime.NOON);
            anju.runJobs();
            night(today);
            households.forEach(one -> compare(one, today));
            if (today.getDayOfMonth() == 1) {
                bill(today.toString().substring(0, 7));
                readBills(today);
                requireSoundBooks();
            }
            List.copyOf(households).forEach(one -> live(one, today));
        }
        end();
        requireSoundBooks();
        tellHowMuch();
        requireEvents();
    }

    /** What is to be done about one of a lease's tenants makes the night look at all of them. */
    private void night(LocalDate today) {
        var watched = households.stream()
                .filter(one -> one.model().isWatched(today))
                .map(Household::leaseId)
                .collect(Collectors.toSet());
        households.stream()
                .filter(one -> watched.contains(one.leaseId()))
                .forEach(one -> one.model().night(today, this::feeId));
    }

    /** How the year ends. */
    void end() {
        households.forEach(this::moveOut);
    }

    private void requireSoundBooks() {
        assertThat(Anju.await(Domains.ledgerAudit().run(anju.db())).broken()).isEmpty();
    }

    private void tellHowMuch() {
        System.out.println(count + " households, " + days + " days: " + number("SELECT count(*) AS n FROM rent.bill")
                + " bills, " + number("SELECT count(*) AS n FROM rent.allocation") + " parts of payments, "
                + number("SELECT count(*) AS n FROM rent.credit_note") + " credit notes, "
                + number("SELECT count(*) AS n FROM arrears.proposal WHERE kind = 'subsidy-void'") + " voids proposed, "
                + number("SELECT count(*) AS n FROM rent.bill WHERE subsidy_state = 'void'") + " bills void");
    }

    private UUID feeId(UUID lateBill, LocalDate through) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT fee_bill_id FROM arrears.late_fee WHERE bill_id = $1 AND through = $2",
                                row -> row.getUUID("fee_bill_id"),
                                lateBill,
                                through))
                .orElseThrow(
                        () -> new AssertionError("no fee of " + lateBill + " up to " + through + ", seed " + seed));
    }

    private void moveOut(Household one) {
        var today = anju.clock().today();
        var end = Map.of(
                "lastDay", today.toString(), "ground", "own-wish", "reason", "搬离", "returnedOn", today.toString());
        city.post("/v1/staff/leases/" + one.let().leaseId() + "/termination", end)
                .expect(200);
        var expected = YearEnd.of(one.model(), today);
        var due = lines(one).stream().mapToLong(Line::dueFen).sum();
        assertThat(new YearEnd(due, creditFen(one)))
                .as("end of lease " + one.let().leaseId() + ", seed " + seed)
                .isEqualTo(expected);
    }

    private long creditFen(Household one) {
        return number("SELECT credit_fen AS n FROM rent.account WHERE lease_id = $1", one.leaseId());
    }

    final void readDeposit(Household one) {
        issued(one, "deposit").forEach(bill -> one.model().others.put(bill.id, bill));
    }

    final void readBills(LocalDate today) {
        for (var one : households) {
            issued(one, "rent").stream()
                    .filter(bill -> !one.model().bills.containsKey(bill.id))
                    .forEach(bill -> one.model().issue(bill, today));
        }
    }

    private List<ModelBill> issued(Household one, String charge) {
        return Anju.await(anju.db()
                .list(
                        "SELECT bill_id, from_date, to_date, due_on, amount_fen, subsidy_fen FROM rent.bill b WHERE lease_id = $1 AND charge = $4 AND "
                                + OWN + " ORDER BY due_on, bill_id",
                        row -> new ModelBill(
                                row.getUUID("bill_id"),
                                row.getLocalDate("from_date"),
                                row.getLocalDate("to_date"),
                                row.getLocalDate("due_on"),
                                row.getLong("amount_fen"),
                                row.getLong("subsidy_fen")),
                        one.leaseId(),
                        one.model().from,
                        one.model().until,
                        charge));
    }

    /** How a bill stands, with the fee that was charged for having been late with it. */
    private record Line(UUID id, long dueFen, long paidFen, long creditedFen, String subsidy, long feeFen) {
        static Line of(ModelBill bill) {
            return new Line(bill.id, bill.openFen(), bill.paidFen(), bill.creditedFen(), bill.subsidy(), bill.feeFen);
        }
    }

    private List<Line> lines(Household one) {
        return Anju.await(anju.db()
                .list(
                        """
                        SELECT b.bill_id, b.paid_fen, b.credited_fen,
                               CASE WHEN b.subsidy_fen = b.subsidy_credited_fen THEN 'none' ELSE b.subsidy_state END AS subsidy,
                               b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                                   - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                                          THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END AS due_fen,
                               (SELECT coalesce(sum(f.charged_fen), 0)::bigint
                                  FROM arrears.late_fee f
                                 WHERE f.bill_id = b.bill_id) AS fee_fen
                          FROM rent.bill b
                         WHERE b.lease_id = $1 AND
                        """ + OWN + " ORDER BY b.due_on, b.bill_id",
                        row -> new Line(
                                row.getUUID("bill_id"),
                                row.getLong("due_fen"),
                                row.getLong("paid_fen"),
                                row.getLong("credited_fen"),
                                row.getString("subsidy"),
                                row.getLong("fee_fen")),
                        one.leaseId(),
                        one.model().from,
                        one.model().until));
    }

    private void compare(Household one, LocalDate today) {
        var about = " of lease " + one.let().leaseId() + " on " + today + ", seed " + seed;
        var model = one.model();
        assertThat(lines(one))
                .as("bills" + about)
                .isEqualTo(model.all().stream().map(Line::of).toList());
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT s.rung, s.taken_on, s.overdue_fen FROM arrears.step s JOIN arrears.arrears_case c USING (case_id) WHERE c.lease_id = $1 AND c.tenant_from = $2 ORDER BY s.taken_on",
                                row -> new Taken(
                                        row.getString("rung"),
                                        row.getLocalDate("taken_on"),
                                        row.getLong("overdue_fen")),
                                one.leaseId(),
                                model.from)))
                .as("steps" + about)
                .isEqualTo(model.ladder.steps);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT proposed_on, state FROM arrears.proposal WHERE lease_id = $1 AND kind = 'subsidy-void' ORDER BY proposal_id",
                                row -> row.getLocalDate("proposed_on") + " " + row.getString("state"),
                                one.leaseId())))
                .as("voids" + about)
                .isEqualTo(model.voids.all.stream().map(Object::toString).toList());
        assertThat(number(
                        "SELECT count(*) AS n FROM arrears.arrears_case WHERE lease_id = $1 AND tenant_from = $2 AND closed_on IS NULL",
                        one.leaseId(),
                        model.from))
                .as("case" + about)
                .isEqualTo(model.hasCase ? 1 : 0);
        assertThat(creditFen(one)).as("credit" + about).isEqualTo(model.creditFen);
        var plan = model.relief.plan;
        if (plan != null) {
            assertThat(number(
                            "SELECT count(*) AS n FROM arrears.plan WHERE request_id = $1 AND state = $2",
                            plan.id,
                            plan.state))
                    .as("plan" + about)
                    .isOne();
        }
    }

    private long number(String query, Object... arguments) {
        return Anju.await(anju.db().find(query, row -> row.getLong("n"), arguments))
                .orElseThrow();
    }

    /** What a household does on a day: mostly nothing. */
    void live(Household one, LocalDate today) {
        var model = one.model();
        var random = one.random();
        if (random.nextInt(3) == 0) {
            decides(one, today);
        }
        if (model.voids.isApproved() && random.nextInt(6) == 0) {
            takesBack(one, today);
        }
        var pays = !one.paysAfterVoid() || model.voids.isDecided();
        var plan = model.relief.plan;
        if (plan != null
                && plan.state.equals("running")
                && pays
                && one.keepsPlans()
                && model.relief.missing(plan, today, model.bills) > 0) {
            pays(one, model.relief.missing(plan, today, model.bills), today);
        }
        var overdue = model.overdueFen(today);
        var what = random.nextInt(66);
        switch (what) {
            case 0, 1, 2 -> reads(one, today);
            case 3 -> letter(one, today);
            case 4 -> pause(one, today);
            case 5 -> ask(one, "deferral", today);
            case 6, 7 -> ask(one, "instalment-plan", today);
            case 8, 9 -> complain(one);
            default -> {}
        }
        if (pays) {
            switch (what) {
                case 10 -> pays(one, Math.max(1, overdue / (1 + random.nextInt(3))), today);
                case 11 -> pays(one, Math.max(1, overdue), today);
                case 12 -> pays(one, overdue + 1 + random.nextInt(100_000), today);
                case 13, 14 -> giveUp(one, today);
                case 15, 16, 17 -> orders(one, today);
                case 18, 19, 20, 21, 22 -> getsBack(one, today);
                case 23, 24, 25 -> takesBack(one, today);
                default -> {}
            }
        }
    }
}
