package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.Ids;
import io.anju.testing.Anju;
import io.vertx.core.Future;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each warning, each first day over and each pressing that follows from it is told once, whatever happens to who tells it. */
class ClockWatchIT {
    private static final int COMPLAINTS = 1_800;
    private static final LocalDate DUE = LocalDate.of(2026, 3, 10);

    private static final String INSERT = """
            WITH filed AS (
                INSERT INTO complaint.complaint
                       (id, number, city_code, kind, category, joinable, policy_digest, content, state, office_level,
                        area_code, filed_on, filed_at, updated_at)
                SELECT id, 'WATCH-' || right(id::text, 17), '370200', kind, 'rent-and-fees', false, $3, '\\x00', 'received', 'district',
                       '370202', $4::date, $4::date::timestamptz, $4::date::timestamptz
                  FROM unnest($1::uuid[], $2::text[]) AS t(id, kind)
                RETURNING id)
            INSERT INTO complaint.clock (id, complaint_id, stage, started_on, due_on, warn_on, first_due_on)
            SELECT id, id, 'handle', $4::date, $5::date, $5::date - 1, $5::date FROM filed
            """;

    private static final String TOLD = """
            SELECT c.kind, c.supervised,
                   array(SELECT e.kind || coalesce('/' || e.reason, '') FROM complaint.event AS e
                          WHERE e.complaint_id = c.id ORDER BY e.seq) AS events,
                   array(SELECT o.topic FROM platform.outbox AS o
                          WHERE o.subject_id = c.id ORDER BY o.id) AS topics
              FROM complaint.complaint AS c
             WHERE c.id = ANY ($1)
            """;

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @BeforeEach
    void beginOnAWednesday() {
        anju.clock().set(Anju.START);
    }

    private static UUID[] file(int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(i -> Ids.next(Anju.START.plusMillis(i)))
                .toArray(UUID[]::new);
        var kinds = IntStream.range(0, count)
                .mapToObj(i -> i % 10 == 0 ? "report" : "complaint")
                .toArray(String[]::new);
        var policy = Anju.await(
                anju.domains().policy.inForce(anju.db(), "370200", "public-rental", LocalDate.of(2026, 3, 4)));
        Anju.await(anju.db().execute(INSERT, ids, kinds, policy.digest(), LocalDate.of(2026, 3, 4), DUE));
        return ids;
    }

    private record Told(String kind, boolean supervised, List<String> events, List<String> topics) {}

    private static List<Told> told(UUID... ids) {
        return Anju.await(anju.db()
                .list(
                        TOLD,
                        row -> new Told(
                                row.getString("kind"),
                                row.getBoolean("supervised"),
                                List.of(row.getArrayOfStrings("events")),
                                List.of(row.getArrayOfStrings("topics"))),
                        (Object) ids));
    }

    @Test
    void one_instance_dies_in_the_middle_and_two_at_once_tell_the_rest() throws SQLException {
        anju.clock().set(DUE.plusDays(1), LocalTime.of(0, 30));
        var now = anju.clock().instant();
        var early = file(600);
        var first = new ClockWatch(anju.db());
        Anju.await(first.watch(now));
        var late = file(COMPLAINTS);
        var second = anju.anotherApp();
        dies(new ClockWatch(second.db()), now);
        assertThat(told(late))
                .as("what it had begun is undone")
                .allMatch(one -> one.events().isEmpty());
        var other = new ClockWatch(second.db());
        Anju.await(Future.all(first.watch(now), other.watch(now), first.watch(now), other.watch(now)), 120);
        Anju.await(first.watch(now));
        for (var ids : List.of(early, late)) {
            assertThat(told(ids)).hasSize(ids.length).allSatisfy(one -> {
                assertThat(one.supervised()).isTrue();
                assertThat(one.events()).containsExactly("warned", "overdue", "supervised/overdue");
                assertThat(one.topics())
                        .isEqualTo(
                                one.kind().equals("report")
                                        ? List.of()
                                        : List.of("complaint.warned", "complaint.overdue", "complaint.supervised"));
            });
        }
    }

    /** Its connection is cut when it has marked some and is about to say so. */
    private static void dies(ClockWatch doomed, Instant now) throws SQLException {
        var address = anju.databaseAddress();
        try (var owner = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE complaint.event IN ACCESS EXCLUSIVE MODE");
            var run = doomed.watch(now);
            while (!cut(statement)) {
                assertThat(run.isComplete()).isFalse();
                Thread.onSpinWait();
            }
            Anju.await(run.transform(ended -> Future.succeededFuture()));
            assertThat(run.failed()).isTrue();
            owner.rollback();
        }
    }

    private static boolean cut(Statement statement) throws SQLException {
        try (var cut = statement.executeQuery("""
                SELECT pg_terminate_backend(pid)
                  FROM pg_locks
                 WHERE NOT granted AND relation = 'complaint.event'::regclass
                """)) {
            return cut.next();
        }
    }

    @Test
    void what_somebody_works_on_is_told_afterwards_and_keeps_nobody_waiting() {
        var ids = file(3);
        anju.clock().set(DUE.plusDays(1), LocalTime.of(0, 30));
        var now = anju.clock().instant();
        var watch = new ClockWatch(anju.db());
        // as staff does: the complaint first, then its clock
        Anju.await(anju.db()
                .inTransaction(tx -> tx.find(
                                "SELECT id FROM complaint.complaint WHERE id = $1 FOR UPDATE", row -> true, ids[1])
                        .compose(locked -> watch.watch(now))
                        .compose(watched -> tx.execute(
                                "UPDATE complaint.clock SET ended_on = $2, outcome = 'done' WHERE complaint_id = $1",
                                ids[1],
                                DUE))));
        Anju.await(watch.watch(now));
        assertThat(told(ids[0], ids[2]))
                .allSatisfy(one -> assertThat(one.events()).endsWith("supervised/overdue"));
        assertThat(told(ids[1]).get(0).events()).doesNotContain("overdue", "supervised/overdue");
        assertThat(told(ids[1]).get(0).supervised()).isFalse();
    }

    @Test
    void what_is_overdue_is_first_on_the_list_and_its_filer_reads_why() {
        var late = filings.file(filings.resident(), Filings.body("complaint", "rent-and-fees", "370203"));
        anju.clock().set(LocalDate.of(2026, 3, 12), LocalTime.of(0, 30));
        anju.runJobs();
        var desk = filings.handler("district", "370203");
        filings.file(filings.resident(), Filings.body("complaint", "rent-and-fees", "370203"));
        assertThat(Filings.listed(desk, "")).startsWith(late.id()).hasSize(2);
        var events = filings.get(late).json().path("history");
        assertThat(events.findValuesAsText("kind")).containsExactly("filed", "warned", "overdue", "supervised");
        assertThat(events.findValuesAsText("by")).containsExactly("resident", "system", "system", "system");
        assertThat(events.get(3).path("reason").asText()).isEqualTo("overdue");
        Filings.accept(desk, late).expect(200);
        Filings.reply(desk, late).expect(200);
        anju.clock().advanceDays(1);
        anju.runJobs();
        assertThat(filings.kinds(late)).endsWith("supervised", "accepted", "replied");
        Filings.act(filings.supervision(), late, "supervision", Map.of("reason", "serious", "text", "x"))
                .expect(409, "complaint-not-open");
    }
}
