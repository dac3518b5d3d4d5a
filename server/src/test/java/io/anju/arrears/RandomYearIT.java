package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.Domains;
import io.anju.arrears.YearModel.Taken;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Seeds;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Households that pay, fall behind, prepay, complain, ask for time and for instalments, keep plans and break them, and
 * whose debts are given up in part, at random over months with all their holidays; every day what the product did is what a small model of the rules says.
 *
 * <p>{@code -Danju.arrears.days=365 -Danju.arrears.households=40} makes it a year of a small estate;
 * {@code -Danju.seed=…} plays one again.
 */
class RandomYearIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final long SEED = Seeds.of(RandomYearIT.class);
    private static final int DAYS = Integer.getInteger("anju.arrears.days", 150);
    private static final int HOUSEHOLDS = Integer.getInteger("anju.arrears.households", 5);

    private final Random random = new Random(SEED);
    private final List<Household> households = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // when the year begins
    private Desk second;

    /** @param keepsPlans whether instalments are paid when they are due */
    private record Household(Let let, YearModel model, boolean keepsPlans) {
        UUID leaseId() {
            return UUID.fromString(let.leaseId());
        }
    }

    RandomYearIT() {
        super(anju, Letting.QINGDAO);
    }

    @Test
    void every_day_of_a_random_year_is_as_the_model_says() {
        for (var i = 0; i < HOUSEHOLDS; i++) {
            households.add(new Household(let(), new YearModel(), random.nextBoolean()));
        }
        second = Desk.of(anju, "city", Letting.QINGDAO.area());
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
                        .flatMap(one -> one.model().steps.stream())
                        .map(Taken::rung))
                .contains("kind-reminder", "formal-notice");
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
                .isEqualTo(model.steps);
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
        var plan = model.plan;
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
        var plan = model.plan;
        if (plan != null && plan.state.equals("running") && one.keepsPlans() && model.missing(plan, today) > 0) {
            pays(one, model.missing(plan, today), today);
        }
        var overdue = model.overdueFen(today);
        switch (random.nextInt(60)) {
            case 0 -> pays(one, Math.max(1, overdue / (1 + random.nextInt(3))), today);
            case 1 -> pays(one, Math.max(1, overdue), today);
            case 2 -> pays(one, overdue + 1 + random.nextInt(100_000), today);
            case 3, 4 -> reads(one, today);
            case 5 -> letter(one, today);
            case 6 -> pause(one, today);
            case 7 -> ask(one, "deferral", today);
            case 8, 9 -> ask(one, "instalment-plan", today);
            case 10, 11 -> complain(one);
            case 12, 13 -> giveUp(one, today);
            default -> {}
        }
    }

    private void pays(Household one, long fen, LocalDate today) {
        pay(one.let(), fen);
        one.model().pay(today, fen);
    }

    /** One proposes to give a debt up and another decides; what is paid in between is not given up. */
    private void giveUp(Household one, LocalDate today) {
        var model = one.model();
        var id = model.oldestDebt(today);
        if (id == null) {
            return;
        }
        var debt = model.bill(id).openFen();
        var fen = 1 + random.nextInt((int) debt);
        var path = "/v1/staff/bills/" + id + "/write-offs";
        city.post(path, Map.of("amountFen", debt + 1, "reason", "无遗产")).expect(409, "nothing-due");
        var proposed = city.post(path, Map.of("amountFen", fen, "reason", "无遗产"))
                .expect(201)
                .json();
        if (random.nextBoolean()) {
            pays(one, 1 + random.nextInt((int) debt), today);
        }
        var approves = random.nextInt(4) > 0;
        var decision = Map.of("decision", approves ? "approve" : "refuse", "reason", "已核实");
        var decided = "/v1/staff/write-offs/" + proposed.path("writeOffId").asText() + "/decision";
        city.post(decided, decision).expect(409, "second-person-needed");
        second.post(decided, decision).expect(200);
        second.post(decided, decision).expect(409, "write-off-decided");
        if (approves) {
            model.giveUp(id, fen, today);
        }
    }

    private void reads(Household one, LocalDate today) {
        mine(one.let());
        told(one.model(), today);
    }

    private static void told(YearModel model, LocalDate today) {
        if (model.isNoticed() && model.noticeReached == null) {
            model.noticeReached = today;
        }
    }

    private void letter(Household one, LocalDate today) {
        if (one.model().isNoticed() && one.model().noticeReached == null) {
            var step = Anju.await(anju.db()
                            .find(
                                    "SELECT s.step_id FROM arrears.step s JOIN arrears.arrears_case c USING (case_id) WHERE c.lease_id = $1 AND c.closed_on IS NULL AND s.rung = 'formal-notice'",
                                    row -> row.getUUID("step_id"),
                                    one.leaseId()))
                    .orElseThrow();
            city.post(
                            "/v1/staff/arrears-steps/" + step + "/deliveries",
                            Map.of("channel", "letter", "deliveredOn", today.toString()))
                    .expect(201);
            told(one.model(), today);
        }
    }

    private void pause(Household one, LocalDate today) {
        if (one.model().hasCase && one.model().overdueFen(today) > 0) {
            var to = today.plusDays(3 + random.nextInt(25));
            var path = "/v1/staff/arrears-cases/" + caseOf(one) + "/pauses";
            city.post(path, Map.of("reason", "hospital", "from", today.toString(), "to", to.toString(), "note", "住院"))
                    .expect(200);
            one.model().pauses.add(new YearModel.Pause(today, to, null));
        }
    }

    private static UUID caseOf(Household one) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT case_id FROM arrears.arrears_case WHERE lease_id = $1 AND closed_on IS NULL",
                                row -> row.getUUID("case_id"),
                                one.leaseId()))
                .orElseThrow();
    }

    private void ask(Household one, String kind, LocalDate today) {
        var model = one.model();
        var isPlan = kind.equals("instalment-plan");
        var count = 2 + random.nextInt(3);
        var until = today.plusDays(5 + random.nextInt(50));
        var body = isPlan
                ? Map.of("kind", kind, "reason", "失业", "instalments", count)
                : Map.of("kind", kind, "reason", "失业", "until", until.toString());
        var answer =
                anju.http().post("/v1/me/leases/" + one.let().leaseId() + "/arrears-requests", token(one.let()), body);
        if (model.isRelieved(today)) {
            answer.expect(409, "arrears-request-waits");
        } else if (model.overdueFen(today) == 0) {
            answer.expect(409, "nothing-overdue");
        } else if (isPlan && model.overdueFen(today) < count || !isPlan && model.deferredOn != null) {
            answer.expect(422, "relief-beyond-rules");
        } else {
            var id = UUID.fromString(answer.expect(201).json().path("requestId").asText());
            var grants = random.nextInt(4) > 0;
            city.post(
                            "/v1/staff/arrears-requests/" + id + "/decision",
                            Map.of("decision", grants ? "grant" : "decline", "reason", "已核实"))
                    .expect(200);
            if (grants && isPlan) {
                model.grantPlan(id, count, today);
            } else if (grants) {
                model.defer(id, until, today);
            }
        }
    }

    /** Complains about the lease, or gets an answer. */
    private void complain(Household one) {
        var model = one.model();
        if (model.complaintIsOpen) {
            var path = "/v1/staff/complaints/" + Objects.requireNonNull(model.complaint);
            city.post(path + "/acceptance", Map.of("accepted", true)).expect(200);
            city.post(path + "/reply", Map.of("text", "经核查，账单无误。")).expect(200);
            model.complaintIsOpen = false;
        } else if (model.complaint == null || random.nextBoolean()) {
            var body = Map.of(
                    "cityCode", "370200",
                    "kind", "complaint",
                    "category", "rent-and-fees",
                    "text", "三月账单多收了一个月租金。",
                    "subject", Map.of("type", "lease", "subjectId", one.let().leaseId()));
            var filed = anju.http()
                    .post("/v1/complaints", token(one.let()), body)
                    .expect(201)
                    .json();
            model.complaint = UUID.fromString(filed.at("/complaint/complaintId").asText());
            model.complaintIsOpen = true;
        }
    }
}
