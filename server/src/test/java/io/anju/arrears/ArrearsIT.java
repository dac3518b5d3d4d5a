package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ladder over months as the clock moves, over HTTP: steps, deliveries, pauses, late fees and payments between. */
class ArrearsIT extends LateCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    ArrearsIT() {
        super(anju, Letting.GUANGZHOU);
    }

    @Test
    void climbs_step_by_step_and_closes_when_all_is_paid() {
        var let = let();
        go(let.from());
        assertThat(mine(let).path("overdueFen").asLong()).isZero();
        go(let.from().plusDays(1));
        var first = mine(let);
        assertThat(actions(first)).containsExactly("kind-reminder");
        assertThat(first.path("days").asInt()).isEqualTo(1);
        assertThat(first.path("unpaidSince").asText()).isEqualTo(let.from().toString());
        assertThat(first.at("/steps/0/deliveries/0/channel").asText()).isEqualTo("app");
        assertThat(first.at("/relief/instalmentsMost").asInt()).isEqualTo(12);

        goThrough(let.from().plusDays(2), let.from().plusDays(40));
        assertThat(actions(mine(let))).containsExactly("kind-reminder", "formal-notice", "estate-notice");
        assertThat(line(let).path("stage").asText()).isEqualTo("estate-notice");
        assertThat(line(let).path("maskedTenant").asText())
                .endsWith("*")
                .doesNotContain(let.tenant().fullName());

        var due = mine(let).path("overdueFen").asLong();
        pay(let, due - 1);
        go(let.from().plusDays(41));
        assertThat(mine(let).path("overdueFen").asLong()).isEqualTo(1);
        pay(let, 1);
        go(let.from().plusDays(42));
        var closed = mine(let);
        assertThat(closed.path("overdueFen").asLong()).isZero();
        assertThat(closed.path("bills")).isEmpty();
        assertThat(closed.path("steps")).hasSize(3);
        assertThat(city.get("/v1/staff/arrears-cases?limit=100")
                        .expect(200)
                        .json()
                        .toString())
                .doesNotContain(let.leaseId());
    }

    @Test
    void waits_for_the_delivery_and_bills_the_fee_to_the_fen() {
        var let = let();
        var monthEnd = let.from().plusMonths(1).withDayOfMonth(1).minusDays(1);
        goThrough(let.from(), monthEnd.plusDays(1));
        var rent = mine(let).at("/bills/0");
        var late = monthEnd.toEpochDay() - let.from().toEpochDay();
        var fen = Math.round(rent.path("dueFen").asLong() * Math.max(0, late - 5) * 0.0005);
        assertThat(rent.path("lateFeeBilledFen").asLong()).isEqualTo(fen);
        assertThat(mine(let).path("lateFeeDueFen").asLong()).isEqualTo(fen);
        if (fen > 0) {
            assertThat(mine(let).at("/lateFees/0/amountFen").asLong()).isEqualTo(fen);
        }
        anju.runJobs();
        assertThat(mine(let).path("lateFeeDueFen").asLong()).isEqualTo(fen);
    }

    @Test
    void a_pause_holds_a_step_back_and_the_ladder_goes_on_later_by_its_days() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(1));
        var caseId = line(let).path("caseId").asText();
        var today = anju.clock().today();
        var order = Map.of(
                "reason",
                "hospital",
                "from",
                today.toString(),
                "to",
                today.plusDays(59).toString(),
                "note",
                "住院治疗");
        var paused = city.post("/v1/staff/arrears-cases/" + caseId + "/pauses", order)
                .expect(200);
        assertThat(paused.json().at("/case/paused").asBoolean()).isTrue();
        city.post(
                        "/v1/staff/arrears-cases/" + caseId + "/pauses",
                        Map.of(
                                "reason",
                                "other",
                                "from",
                                today.toString(),
                                "to",
                                today.plusDays(30).toString(),
                                "note",
                                "超期"))
                .expect(422, "arrears-pause-too-long");
        goThrough(today.plusDays(1), today.plusDays(30));
        assertThat(actions(mine(let))).containsExactly("kind-reminder");
        assertThat(mine(let).path("lateFeeAccruedFen").asLong()).isZero();
        var pauseId = mine(let).at("/pauses/0/pauseId").asText();
        city.post("/v1/staff/arrears-pauses/" + pauseId + "/end", Map.of("note", "已出院"))
                .expect(200);
        city.post("/v1/staff/arrears-pauses/" + pauseId + "/end", Map.of("note", "已出院"))
                .expect(409, "arrears-pause-over");
        go(today.plusDays(31));
        assertThat(actions(mine(let))).containsExactly("kind-reminder");
    }

    @Test
    void two_runs_at_once_take_each_step_once() {
        var let = let();
        go(let.from());
        anju.clock().set(let.from().plusDays(1), LocalTime.NOON);
        var other = anju.anotherApp();
        var now = anju.clock().instant();
        Anju.await(
                Future.all(anju.domains().jobs.runDue(now), other.domains().jobs.runDue(now)));
        anju.runJobs();
        assertThat(actions(mine(let))).containsExactly("kind-reminder");
        var opened = Anju.await(anju.db()
                .list(
                        "SELECT 1 AS one FROM platform.outbox WHERE topic = 'arrears.step-taken' AND subject_id = $1",
                        row -> row.getInteger("one"),
                        UUID.fromString(let.leaseId())));
        assertThat(opened).hasSize(1);
    }

    @Test
    void nobody_else_sees_it() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(1));
        anju.http()
                .get(
                        "/v1/me/leases/" + let.leaseId() + "/arrears",
                        anju.people().resident())
                .expect(404);
        var elsewhere = Desk.of(anju, "city", "3502");
        elsewhere
                .get("/v1/staff/arrears-cases/" + line(let).path("caseId").asText())
                .expect(404);
        assertThat(open(let).at("/standing/leaseId").asText()).isEqualTo(let.leaseId());
    }

    @Test
    void a_payment_at_the_same_moment_is_seen_or_comes_after_the_step() {
        for (var round = 0; round < 3; round++) {
            var let = let();
            go(let.from());
            anju.clock().set(let.from().plusDays(1), LocalTime.NOON);
            var due = Anju.await(anju.db()
                            .find(
                                    "SELECT sum(amount_fen)::bigint AS fen FROM rent.bill WHERE lease_id = $1 AND charge = 'rent'",
                                    row -> row.getLong("fen"),
                                    UUID.fromString(let.leaseId())))
                    .orElseThrow();
            var now = anju.clock().instant();
            Anju.await(Future.all(paying(let, due), anju.domains().jobs.runDue(now)));
            var standing = mine(let);
            assertThat(standing.path("overdueFen").asLong()).isZero();
            // a step that was taken was taken before the money came, on all of the debt
            standing.path("steps")
                    .forEach(
                            step -> assertThat(step.path("overdueFen").asLong()).isEqualTo(due));
            go(let.from().plusDays(2));
            assertThat(city.get("/v1/staff/arrears-cases?limit=100")
                            .expect(200)
                            .json()
                            .toString())
                    .doesNotContain(let.leaseId());
        }
    }

    @Test
    void a_night_that_was_cut_off_goes_on_and_one_that_is_done_again_changes_nothing() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(3));
        var before = mine(let);
        var steps = count("SELECT count(*)::integer AS n FROM arrears.step");
        var fees = count("SELECT count(*)::integer AS n FROM arrears.late_fee");
        Anju.await(anju.db()
                .execute(
                        "UPDATE arrears.night SET finished_at = NULL, after_lease = NULL WHERE day = $1",
                        anju.clock().today()));
        anju.clock().advance(Duration.ofHours(5));
        anju.runJobs();
        assertThat(count("SELECT count(*)::integer AS n FROM arrears.night WHERE finished_at IS NULL"))
                .isZero();
        assertThat(count("SELECT count(*)::integer AS n FROM arrears.step")).isEqualTo(steps);
        assertThat(count("SELECT count(*)::integer AS n FROM arrears.late_fee")).isEqualTo(fees);
        assertThat(mine(let)).isEqualTo(before);
    }

    private static int count(String statement) {
        return Anju.await(anju.db().find(statement, row -> row.getInteger("n"))).orElseThrow();
    }

    @Test
    void whoever_is_close_to_the_household_may_not_open_the_case() {
        var let = let();
        goThrough(let.from(), let.from().plusDays(1));
        var caseId = line(let).path("caseId").asText();
        var close = Desk.of(anju, "city", "4401");
        close.post("/v1/staff/recusals", Map.of("nationalId", let.tenant().nationalId(), "ground", "sibling"))
                .expect(201);
        var refused = close.get("/v1/staff/arrears-cases/" + caseId);
        refused.expect(409, "recusal-required");
        city.get("/v1/staff/arrears-cases/" + caseId).expect(200);
    }
}
