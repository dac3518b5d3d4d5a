package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.bench.LongList;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import java.io.ByteArrayInputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A publication whose run is killed, wherever it writes, is not there; the next run makes it. */
class KilledPublicationIT {
    private static final int HOUSEHOLDS = 60_000;
    private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();
    /** In the order in which a run comes to them. */
    private static final List<String> WRITTEN = List.of(
            "publication.run", "publication.place", "publication.publication", "platform.audit", "platform.outbox");

    private static final String KILL = """
            SELECT pg_terminate_backend(waits.pid)
              FROM pg_locks waits
             WHERE NOT waits.granted AND waits.relation = ?::regclass
               -- other work of the same moment writes to some of these tables too
               AND EXISTS (
                       SELECT FROM pg_locks publishes
                        WHERE publishes.pid = waits.pid AND publishes.relation = 'publication.run'::regclass)
            """;

    @RegisterExtension
    static final Anju anju = Anju.server();

    @Test
    void is_complete_or_not_there_and_the_next_run_goes_on() throws Exception {
        var today = anju.clock().today();
        var policy = Anju.await(anju.domains().policy.inForce(anju.db(), "370200", "public-rental", today));
        Anju.await(new LongList("370200", "public-rental", HOUSEHOLDS, today, policy.digest())
                .write(anju.db(), anju.clock().instant()));
        var order = Map.of("programme", "public-rental", "period", "2026-03", "reason", "年度公布");
        var path = "/v1/publications/"
                + Desk.of(anju, "city", "3702")
                        .post("/v1/staff/publications", order)
                        .expect(202)
                        .json()
                        .path("publicationId")
                        .asText();

        try (var owner = owner()) {
            for (var table : WRITTEN) {
                killWhereItWrites(owner, table);
                assertThat(count(owner, "publication.run")).as(table).isZero();
                assertThat(count(owner, "publication.publication")).as(table).isZero();
                anju.http().get(path).expect(404);
                anju.http().get(path + "/csv").expect(404);
                anju.clock().advance(Duration.ofMinutes(5));
            }
        }

        anju.runJobs();
        var file = anju.http().get(path + "/json").expect(200).body();
        var report = Verifier.verify(new ByteArrayInputStream(file), null, null);
        assertThat(report.fault()).isNull();
        assertThat(report.total()).isEqualTo(HOUSEHOLDS);
    }

    /** Keeps the table from writers, and ends the session that comes to write. */
    private static void killWhereItWrites(Connection owner, String table) throws SQLException {
        owner.setAutoCommit(false);
        execute(owner, "LOCK TABLE " + table + " IN SHARE MODE");
        var run = anju.domains().jobs.runDue(anju.clock().instant());
        killWhoWaits(owner, table);
        owner.commit();
        owner.setAutoCommit(true);
        Anju.await(run);
    }

    private static void killWhoWaits(Connection owner, String table) throws SQLException {
        long end = System.nanoTime() + LIMIT_NANOS;
        while (System.nanoTime() < end) {
            try (var statement = owner.prepareStatement(KILL)) {
                statement.setString(1, table);
                try (var killed = statement.executeQuery()) {
                    if (killed.next()) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("nobody came to write " + table);
    }

    private static void execute(Connection owner, String command) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(command);
        }
    }

    private static int count(Connection owner, String table) throws SQLException {
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection owner() throws SQLException {
        var address = anju.databaseAddress();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                address.user(),
                address.password());
    }
}
