package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.Office;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.LostLease;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.sandbox.RegisterFill;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Seeds;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.FreezeType;
import io.anju.waitinglist.Registration.Home;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A list is moved to newer rules as a whole, whatever else happens to it meanwhile. */
class RescoringIT {
    /** Qingdao's rules twice: from July 2026 on, more income costs more points. */
    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_POLICY_DIR", twoVersions().toString());

    private static final ListKey LIST = new ListKey("990300", "public-rental");
    private static final Reason REASON = new Reason("已核实", "《办法》第十七条", "ZL-1", "可申请行政复议");
    private static final int HOUSEHOLDS = 240;

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    private static Path twoVersions() {
        try {
            var folder = Files.createTempDirectory("anju-two-versions");
            var city = Files.createDirectories(folder.resolve("990300"));
            Files.writeString(city.resolve("city.yaml"), shipped("city.yaml"));
            var rules = shipped("public-rental-2026.yaml");
            Files.writeString(
                    city.resolve("public-rental-1.yaml"),
                    rules.replace("effectiveFrom: 2026-01-01", "effectiveFrom: 2026-01-01\neffectiveTo: 2026-06-30"));
            Files.writeString(
                    city.resolve("public-rental-2.yaml"),
                    rules.replace("effectiveFrom: 2026-01-01", "effectiveFrom: 2026-07-01")
                            .replace("version: \"2026-1\"", "version: \"2026-2\"")
                            .replace("{gt: 920, points: 7}", "{gt: 920, points: 1}"));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String shipped(String file) throws IOException {
        try (var in = RescoringIT.class.getResourceAsStream("/policies/370200/" + file)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"3702", "\"9903");
        }
    }

    @BeforeAll
    static void fill() {
        var before = policy(LocalDate.of(2026, 3, 1));
        anju.clock().set(Instant.parse("2026-07-06T01:00:00Z"));
        new RegisterFill(anju.domains().db, anju.domains().vault, before, 11, Instant.parse("2026-06-01T00:00:00Z"))
                .add(HOUSEHOLDS);
        city = Desk.of(anju, "city", "9903");
    }

    private static PolicyDocument policy(LocalDate day) {
        return Anju.await(anju.domains().policy.inForce(anju.db(), LIST.cityCode(), LIST.programme(), day));
    }

    @Test
    void first_tries_then_moves_and_stays_the_same_under_everything_at_once() throws Exception {
        a_street_cannot_move_a_list();
        a_dry_run_tells_what_would_move_and_writes_nothing();
        a_run_that_lost_its_lease_is_finished_by_the_next();
        everything_at_once_gives_the_order_that_the_facts_give();
    }

    private static void a_street_cannot_move_a_list() {
        Desk.of(anju, "street", "990302001")
                .post("/v1/staff/rescorings", order(true))
                .expect(403, "city-office-only");
        city.post("/v1/staff/rescorings", Map.of("programme", "no-such", "dryRun", true, "reason", "新规则施行"))
                .expect(404);
    }

    private static void a_dry_run_tells_what_would_move_and_writes_nothing() {
        var places = places();
        var version = version();
        var id = start(true);
        city.post("/v1/staff/rescorings", order(false)).expect(409, "rescoring-running");
        assertThat(state(id).path("state").asText()).isEqualTo("running");
        anju.runJobs();
        var done = state(id);
        assertThat(done.path("state").asText()).isEqualTo("done");
        assertThat(done.path("evaluated").asInt()).isEqualTo(HOUSEHOLDS);
        var report = done.path("report");
        assertThat(report.path("scoresLower").asInt()).isBetween(1, HOUSEHOLDS);
        assertThat(report.path("scoresHigher").asInt()).isZero();
        assertThat(report.path("biggestMoves").size()).isBetween(1, 20);
        var furthest = report.path("biggestMoves").path(0);
        assertThat(furthest.path("rankBefore").asInt())
                .isNotEqualTo(furthest.path("rankAfter").asInt());
        assertThat(version()).isEqualTo(version);
        assertThat(places()).isEqualTo(places);
        Desk.of(anju, "city", "3702").get("/v1/staff/rescorings/" + id).expect(404);
    }

    private static void a_run_that_lost_its_lease_is_finished_by_the_next() throws Exception {
        var places = places();
        var id = start(false);
        var job = take(id);
        var slow = new RescoringRun(anju.vertx(), anju.db(), anju.domains().vault, anju.domains().policy, 5).run(job);
        while (evaluated(id) == 0) {
            Thread.onSpinWait();
        }
        Anju.await(anju.db().execute("UPDATE platform.job SET fence = fence + 1 WHERE key = $1", id));
        assertThatThrownBy(() -> Anju.await(slow)).isInstanceOf(LostLease.class);
        assertThat(evaluated(id)).isBetween(1, HOUSEHOLDS - 1);
        assertThat(places()).isEqualTo(places);
        Anju.await(anju.db()
                .execute(
                        "UPDATE platform.job SET state = 'queued', due_at = created_at - '9 years'::interval WHERE key = $1",
                        id));
        anju.runJobs();
        assertThat(state(id).path("state").asText()).isEqualTo("done");
        assertThat(state(id).path("evaluated").asInt()).isEqualTo(HOUSEHOLDS);
        assertThat(places()).isNotEqualTo(places).isEqualTo(scratch());
        assertThat(count("rules")).isEqualTo(1);
        assertThat(count("rescoring_case")).isZero();
    }

    private static Job take(String id) {
        return Anju.await(anju.db()
                        .find(
                                """
                                UPDATE platform.job SET state = 'running', fence = fence + 1, due_at = now() + '1 h'
                                 WHERE key = $1
                                RETURNING id, fence
                                """,
                                row -> new Job(
                                        row.getUUID("id"),
                                        RescoringRun.KIND,
                                        id,
                                        "{}",
                                        1,
                                        row.getLong("fence"),
                                        0,
                                        anju.clock().instant()),
                                id))
                .orElseThrow();
    }

    private static void everything_at_once_gives_the_order_that_the_facts_give() {
        long seed = Seeds.of(RescoringIT.class);
        var random = new Random(seed);
        var ids = Anju.await(anju.db()
                .list("SELECT registration_id FROM waitinglist.registration ORDER BY sequence", row -> row.getUUID(0)));
        var work = new ArrayList<Future<?>>();
        start(false);
        for (int i = 0; i < 160; i++) {
            work.add(happen(random.nextInt(5), ids.get(random.nextInt(ids.size())), i));
            if (i % 20 == 0) {
                work.add(
                        anju.domains().lists.standing.current(LIST, anju.clock().instant()));
                work.add(anju.domains().jobs.runDue(anju.clock().instant()));
                city.post(
                        "/v1/staff/publications",
                        Map.of("programme", LIST.programme(), "period", "2026-X" + i, "reason", "批次公布"));
            }
        }
        // whoever came second to the same household was refused, and nothing else
        work.forEach(one -> Anju.await(one.transform(ended -> Future.succeededFuture())));
        anju.runJobs();
        assertThat(places()).as("seed %d", seed).isEqualTo(scratch());
        assertThat(gaps()).isEmpty();
    }

    private static Future<?> happen(int kind, UUID id, int number) {
        var domains = anju.domains();
        var now = anju.clock().instant();
        var today = Shanghai.date(now);
        // the fill lives in Qingdao's communities, whatever the list's own city is
        var office = new Office(LIST.cityCode(), "city", "3702", "市住房保障中心");
        var caller = InNameOf.area(UUID.randomUUID(), Set.of(), office);
        return domains.db.inTransaction(tx -> switch (kind) {
            case 0 ->
                domains.lists.register.exit(
                        tx, caller, id, new RegistrationExit(ExitType.HOUSED, today, REASON, new Home("示例家园", 2)), now);
            case 1 -> domains.lists.facts.freeze(tx, caller, id, FreezeType.OWN_REQUEST, today, REASON, now);
            case 2 -> domains.lists.facts.unfreeze(tx, caller, id, today, REASON, now);
            case 3 ->
                domains.lists
                        .facts
                        .waive(tx, caller, id, "N-" + number, today, REASON, now)
                        .map(FactService.Waived::registration);
            default ->
                domains.lists.facts.change(
                        tx,
                        caller,
                        id,
                        new LifeChange(null, null, null, null, 100L * number, null, null),
                        today,
                        REASON,
                        now);
        });
    }

    /** Numbers of facts that no fact has: each list's facts are numbered without gaps. */
    private static List<Long> gaps() {
        return Anju.await(anju.db().list("""
                        SELECT n
                          FROM waitinglist.list l, generate_series(1, l.version) n
                         WHERE NOT EXISTS (
                               SELECT FROM (SELECT city_code, programme, sequence FROM waitinglist.registration
                                            UNION ALL SELECT city_code, programme, sequence FROM waitinglist.exit
                                            UNION ALL SELECT city_code, programme, sequence FROM waitinglist.freeze
                                            UNION ALL SELECT city_code, programme, sequence FROM waitinglist.waiver
                                            UNION ALL SELECT city_code, programme, sequence FROM waitinglist.inputs
                                            UNION ALL SELECT city_code, programme, sequence FROM waitinglist.rules) f
                                WHERE f.city_code = l.city_code AND f.programme = l.programme AND f.sequence = n)
                        """, row -> row.getLong(0)));
    }

    /** The order that is served: place, household, score, and how many are ahead. */
    private static List<String> places() {
        var standing = Anju.await(
                anju.domains().lists.standing.current(LIST, anju.clock().instant()));
        return Anju.await(new StandingStore().page(anju.db(), standing.id(), 0, 10_000)).stream()
                .map(line -> line.receiptNumber() + " " + line.line().score().setScale(4) + " "
                        + line.line().ahead())
                .toList();
    }

    private record Known(String receipt, String text, long deferred, io.anju.policy.Standing keys, boolean frozen) {}

    /** The same as a patient clerk would make it: household by household from the plain rows. */
    private static List<String> scratch() {
        var known = new ArrayList<Known>();
        var store = new WaitingListStore(anju.domains().vault);
        var facts = new FactStore(anju.domains().vault);
        var today = anju.clock().today();
        var ordering = policy(today);
        var ids = Anju.await(anju.db().list("""
                        SELECT registration_id FROM waitinglist.registration
                        EXCEPT SELECT registration_id FROM waitinglist.exit
                        """, row -> row.getUUID(0)));
        for (var id : ids) {
            var registration = Anju.await(store.byId(anju.db(), id)).orElseThrow();
            var inputs = Anju.await(facts.inputs(anju.db(), id, Long.MAX_VALUE));
            var own = Anju.await(anju.domains().policy.byDigest(anju.db(), inputs.policyDigest()));
            var score = own.score(inputs.facts(), today).total();
            var entry = new io.anju.policy.Standing.Entry(
                    registration.appliedAt(), registration.appliedAt(), registration.receiptNumber());
            var keys = ordering.standing(inputs.facts(), today, score, entry);
            var text = registration.receiptNumber() + " " + score.setScale(4);
            known.add(new Known(registration.receiptNumber(), text, deferred(id), keys, registration.isFrozen()));
        }
        known.sort(Comparator.comparingLong(Known::deferred)
                .thenComparing(Known::keys, ordering.ordering())
                .thenComparing(Known::receipt));
        var lines = new ArrayList<String>();
        int ahead = 0;
        for (var one : known) {
            lines.add(one.text() + " " + ahead);
            ahead += one.frozen() ? 0 : 1;
        }
        return lines;
    }

    private static long deferred(UUID id) {
        return Anju.await(anju.db()
                        .list(
                                "SELECT sequence, consequence FROM waitinglist.waiver WHERE registration_id = $1",
                                row -> row.getString(1).equals("to-the-end") ? row.getLong(0) : 0L,
                                id))
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    private static Map<String, Object> order(boolean dryRun) {
        return Map.of("programme", LIST.programme(), "dryRun", dryRun, "reason", "新规则施行");
    }

    private static String start(boolean dryRun) {
        return city.post("/v1/staff/rescorings", order(dryRun))
                .expect(202)
                .json()
                .path("rescoringId")
                .asText();
    }

    private static JsonNode state(String id) {
        return city.get("/v1/staff/rescorings/" + id).expect(200).json();
    }

    private static int evaluated(String id) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT evaluated FROM waitinglist.rescoring WHERE rescoring_id = $1::text::uuid",
                                row -> row.getInteger(0),
                                id))
                .orElseThrow();
    }

    private static long version() {
        return Anju.await(anju.db()
                        .find(
                                "SELECT version FROM waitinglist.list WHERE city_code = $1",
                                row -> row.getLong(0),
                                LIST.cityCode()))
                .orElseThrow();
    }

    private static long count(String table) {
        return Anju.await(anju.db().find("SELECT count(*) FROM waitinglist." + table, row -> row.getLong(0)))
                .orElseThrow();
    }
}
