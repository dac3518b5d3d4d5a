package io.anju.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.Role;
import io.anju.platform.db.Sql;
import io.anju.platform.http.Office;
import io.anju.platform.jobs.Jobs;
import io.anju.policy.Drafts;
import io.anju.policy.RuleResult;
import io.anju.policy.Samples;
import io.anju.policy.Standing;
import io.anju.sandbox.RegisterFill;
import io.anju.simulation.SimulationCases.Case;
import io.anju.simulation.SimulationRun.Pace;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.waitinglist.RegisteredCases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What rules would change for the households that are really on a list. */
class SimulationIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int HOUSEHOLDS = 1_000;
    private static final LocalDate FROM = LocalDate.of(2026, 7, 1);
    private static final Pace SLOW = new Pace(150, 2);

    @SuppressWarnings("NullAway.Init")
    private static String digest;

    @SuppressWarnings("NullAway.Init")
    private static String yaml;

    @BeforeAll
    static void register() {
        var domains = anju.domains();
        new RegisterFill(
                        domains.db,
                        domains.vault,
                        Samples.qingdaoToday(),
                        7,
                        anju.clock().instant())
                .add(HOUSEHOLDS);
        yaml = Drafts.qingdao("2026-try", FROM);
        digest = Drafts.propose(anju, officer("370200"), yaml)
                .expect(201)
                .json()
                .path("digest")
                .asText();
    }

    @AfterEach
    void endTrials() {
        anju.runJobs();
        anju.clock().set(Anju.START);
    }

    private static String officer(String city) {
        var office = new Office(city, "city", city.substring(0, 4), "测试住房保障中心");
        return anju.people().staff(office, EnumSet.of(Role.POLICY_OFFICER));
    }

    private static Answer start(String token, String digest) {
        return anju.http().post("/v1/staff/policy-simulations", token, Map.of("digest", digest));
    }

    private static String started(String token) {
        return start(token, digest).expect(202).json().path("simulationId").asText();
    }

    private static JsonNode read(String token, String id) {
        return anju.http()
                .get("/v1/staff/policy-simulations/" + id, token)
                .expect(200)
                .json();
    }

    private static List<JsonNode> changes(String token, String id, String filter) {
        var items = new ArrayList<JsonNode>();
        var next = "";
        do {
            var page = anju.http()
                    .get("/v1/staff/policy-simulations/" + id + "/changes?limit=100" + filter + next, token)
                    .expect(200)
                    .json();
            page.path("items").forEach(items::add);
            next = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : "";
        } while (!next.isEmpty());
        return items;
    }

    /** A household as plain code sees it: every one in memory, sorted with the order's own comparator. */
    private record Expected(String receipt, boolean before, boolean after, Standing keyBefore, Standing keyAfter) {}

    private static Map<String, Expected> expected(LocalDate asOf) {
        var own = Samples.qingdaoToday();
        var draft = Drafts.read(yaml);
        var cases = new RegisteredCases(anju.domains().vault);
        var page = Anju.await(cases.page(anju.db(), "370200", "public-rental", Long.MAX_VALUE, 0, HOUSEHOLDS));
        var all = new HashMap<String, Expected>();
        for (Case one : page) {
            var facts = one.facts().get();
            all.put(
                    one.entry().receiptNumber(),
                    new Expected(
                            one.entry().receiptNumber(),
                            own.eligibility(facts, asOf).stream().allMatch(RuleResult::passed),
                            draft.eligibility(facts, asOf).stream().allMatch(RuleResult::passed),
                            own.standing(facts, asOf, own.score(facts, asOf).total(), one.entry()),
                            draft.standing(facts, asOf, draft.score(facts, asOf).total(), one.entry())));
        }
        return all;
    }

    @Test
    void tells_what_the_rules_change_for_every_household() {
        var token = officer("370200");
        var id = started(token);
        assertThat(read(token, id).path("state").asText()).isEqualTo("running");
        assertThat(read(token, id).path("households").asInt()).isEqualTo(HOUSEHOLDS);
        anju.http()
                .get("/v1/staff/policy-simulations/" + id + "/changes", token)
                .expect(409, "simulation-not-done");
        anju.runJobs();

        var done = read(token, id);
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.path("evaluated").asInt()).isEqualTo(HOUSEHOLDS);
        assertThat(done.path("asOf").asText()).isEqualTo(FROM.toString());
        var expected = expected(FROM);
        var report = done.path("report");
        var lost = expected.values().stream()
                .filter(one -> one.before() && !one.after())
                .count();
        assertThat(lost).isPositive();
        assertThat(report.path("eligibility").path("lost").asLong()).isEqualTo(lost);
        assertThat(report.path("eligibility")
                        .path("lostByRule")
                        .path(0)
                        .path("rule")
                        .asText())
                .isEqualTo("floor-area");
        assertThat(report.path("score").path("higher").asLong())
                .isEqualTo(expected.values().stream()
                        .filter(one ->
                                one.keyAfter().score().compareTo(one.keyBefore().score()) > 0)
                        .count())
                .isPositive();
        assertRanks(expected, changes(token, id, ""), report);
    }

    private static void assertRanks(Map<String, Expected> expected, List<JsonNode> changes, JsonNode report) {
        var before = ranks(
                expected,
                Comparator.comparing(Expected::keyBefore, Samples.qingdaoToday().ordering()));
        var after = ranks(
                expected,
                Comparator.comparing(Expected::keyAfter, Samples.qingdaoToday().ordering()));
        assertThat(changes).hasSize(HOUSEHOLDS).allSatisfy(change -> {
            var receipt = change.path("receiptNumber").asText();
            var one = Objects.requireNonNull(expected.get(receipt));
            assertThat(change.path("rankBefore").asInt()).isEqualTo(before.get(receipt));
            assertThat(change.path("rankAfter").asInt()).isEqualTo(after.get(receipt));
            assertThat(change.path("scoreAfter").asText())
                    .isEqualTo(one.keyAfter().score().toPlainString());
            assertThat(change.path("eligibleAfter").asBoolean()).isEqualTo(one.after());
            assertThat(change.path("maskedName").asText()).contains("*");
        });
        var moves = changes.stream()
                .map(change -> Math.abs(change.path("rankBefore").asInt()
                        - change.path("rankAfter").asInt()))
                .toList();
        assertThat(moves).isSortedAccordingTo(Comparator.reverseOrder());
        var rank = report.path("rank");
        assertThat(rank.path("up").asInt()
                        + rank.path("down").asInt()
                        + rank.path("same").asInt())
                .isEqualTo(HOUSEHOLDS);
        assertThat(Math.max(
                        rank.path("largestRise").asInt(),
                        rank.path("largestFall").asInt()))
                .isEqualTo(moves.get(0));
    }

    private static Map<String, Integer> ranks(Map<String, Expected> expected, Comparator<Expected> order) {
        var ranks = new HashMap<String, Integer>();
        expected.values().stream().sorted(order).forEach(one -> ranks.put(one.receipt(), ranks.size() + 1));
        return ranks;
    }

    @Test
    void lists_one_kind_of_change() {
        var token = officer("370200");
        var id = started(token);
        anju.runJobs();
        var lost = changes(token, id, "&effect=eligibility-lost");
        assertThat(lost)
                .hasSize(read(token, id)
                        .path("report")
                        .path("eligibility")
                        .path("lost")
                        .asInt())
                .allSatisfy(change -> assertThat(change.path("lostBy")).isNotEmpty());
    }

    @Test
    void touches_nothing_but_its_own_result() {
        var content = """
                SELECT md5(string_agg(r::text, '' ORDER BY registration_id)) || (SELECT count(*) FROM waitinglist.standing)
                       || (SELECT count(*) FROM policy.document) || (SELECT count(*) FROM waitinglist.visit) AS state
                  FROM waitinglist.registration r
                """;
        var before = Anju.await(anju.db().find(content, row -> row.getString(0)));
        var token = officer("370200");
        started(token);
        anju.runJobs();
        assertThat(Anju.await(anju.db().find(content, row -> row.getString(0)))).isEqualTo(before);
    }

    @Test
    void rules_in_force_change_nothing_for_who_registered_under_them() {
        var token = officer("370200");
        var id = start(token, Samples.qingdaoToday().digest())
                .expect(202)
                .json()
                .path("simulationId")
                .asText();
        anju.runJobs();
        var report = read(token, id).path("report");
        assertThat(report.path("rank").path("same").asInt()).isEqualTo(HOUSEHOLDS);
        assertThat(report.path("score").path("same").asInt()).isEqualTo(HOUSEHOLDS);
    }

    @Test
    void a_city_has_one_trial_at_a_time() {
        var token = officer("370200");
        started(token);
        start(token, digest).expect(409, "simulation-running");
        anju.runJobs();
        start(token, digest).expect(202);
    }

    @Test
    void refuses_rules_and_days_that_make_no_sense() {
        var token = officer("370200");
        start(token, "0".repeat(64)).expect(422, "policy-unknown");
        start(officer("320300"), digest).expect(422, "policy-unknown");
        for (var day : List.of(FROM.minusDays(1), FROM.plusYears(10).plusDays(1))) {
            assertThat(anju.http()
                            .post(
                                    "/v1/staff/policy-simulations",
                                    token,
                                    Map.of("digest", digest, "asOf", day.toString()))
                            .expect(422, "as-of-out-of-range")
                            .pointers())
                    .containsExactly("/asOf");
        }
    }

    @Test
    void another_city_sees_nothing_of_it() {
        var id = started(officer("370200"));
        var xuzhou = officer("320300");
        anju.http().get("/v1/staff/policy-simulations/" + id, xuzhou).expect(404);
        anju.http()
                .get("/v1/staff/policy-simulations/" + id + "/changes", xuzhou)
                .expect(404);
    }

    @Test
    void a_runner_that_dies_in_the_middle_is_followed_by_one_that_goes_on() {
        var token = officer("370200");
        var id = started(token);
        Promise<List<Case>> neverEnding = Promise.promise();
        var dead = runner(new Interrupted(450, neverEnding.future()));
        var lateEnd = dead.runDue(anju.clock().instant());
        until(() -> read(token, id).path("evaluated").asInt() == 450);

        var rescuer = runner(new RegisteredCases(anju.domains().vault));
        Anju.await(rescuer.runDue(anju.clock().instant().plusSeconds(59)));
        assertThat(read(token, id).path("evaluated").asInt()).isEqualTo(450);
        Anju.await(rescuer.runDue(anju.clock().instant().plusSeconds(61)));
        var done = read(token, id);
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.path("evaluated").asInt()).isEqualTo(HOUSEHOLDS);

        // the dead one wakes up with what it had read: its lease is lost, and it changes nothing
        neverEnding.complete(Anju.await(new RegisteredCases(anju.domains().vault)
                .page(anju.db(), "370200", "public-rental", Long.MAX_VALUE, 450, 150)));
        Anju.await(lateEnd);
        assertThat(read(token, id)).isEqualTo(done);
        assertRanks(expected(FROM), changes(token, id, ""), done.path("report"));
    }

    @Test
    void a_trial_that_keeps_failing_is_given_up_and_leaves_the_city_free() {
        var token = officer("370200");
        var id = started(token);
        var jobs = runner(new Interrupted(300, Future.failedFuture(new IllegalStateException("broken"))));
        for (var minute = 0; minute < 10; minute++) {
            Anju.await(jobs.runDue(anju.clock().instant().plus(Duration.ofMinutes(minute))));
        }
        assertThat(read(token, id).path("state").asText()).isEqualTo("failed");
        anju.http()
                .get("/v1/staff/policy-simulations/" + id + "/changes", token)
                .expect(409, "simulation-not-done");
        start(token, digest).expect(202);
    }

    @Test
    void a_result_is_deleted_after_a_month() {
        var id = started(officer("370200"));
        anju.runJobs();
        anju.clock().advance(Duration.ofDays(29));
        anju.runJobs();
        assertThat(rows(id)).isEqualTo(2L * HOUSEHOLDS + 1);
        anju.clock().advance(Duration.ofDays(2));
        anju.runJobs();
        assertThat(rows(id)).isZero();
        anju.http().get("/v1/staff/policy-simulations/" + id, officer("370200")).expect(404);
    }

    private static long rows(String id) {
        return Anju.await(anju.db().find("""
                        SELECT (SELECT count(*) FROM simulation.simulation WHERE simulation_id = $1::text::uuid)
                             + (SELECT count(*) FROM simulation.simulation_case WHERE simulation_id = $1::text::uuid)
                             + (SELECT count(*) FROM simulation.simulation_rank WHERE simulation_id = $1::text::uuid) AS rows
                        """, row -> row.getLong(0), id)).orElseThrow();
    }

    private static Jobs runner(SimulationCases cases) {
        var run = new SimulationRun(
                anju.vertx(), anju.db(), anju.domains().policy, anju.domains().proposals, cases, SLOW);
        var jobs = new Jobs(anju.db());
        jobs.handle(SimulationRun.KIND, run::slice);
        return jobs;
    }

    /** The register, until somebody asks for what lies behind a number. */
    private record Interrupted(long after, Future<List<Case>> instead) implements SimulationCases {
        @Override
        public Future<Extent> extent(Sql sql, String cityCode, String programme) {
            return new RegisteredCases(anju.domains().vault).extent(sql, cityCode, programme);
        }

        @Override
        public Future<List<Case>> page(
                Sql sql, String cityCode, String programme, long version, long afterSequence, int limit) {
            return afterSequence >= after
                    ? instead
                    : new RegisteredCases(anju.domains().vault)
                            .page(sql, cityCode, programme, version, afterSequence, limit);
        }
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
