package io.anju.platform.db;

import static io.anju.testing.Anju.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.testing.TestDatabases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions are ended by the database while transactions and single statements wait in them. */
class EndedSessionIT {
    private static final int ROUNDS = Integer.getInteger("anju.sessions.rounds", 40);
    private static final int AT_ONCE = 6;
    private static final long LOCK = 528;
    private static final String END = """
            SELECT count(pg_terminate_backend(pid)) AS n
              FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND wait_event_type = 'Lock'
            """;
    private static final String WAITING = """
            SELECT count(*) AS n
              FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'
            """;
    private static final String NOTE =
            "INSERT INTO platform.outbox (topic, subject_id, payload) VALUES ('test.ended', $1, '{}')";

    private final DbAddress address = TestDatabases.fresh();
    private final Vertx vertx = Vertx.vertx();
    private final Db db = TestDatabases.connect(vertx, address);
    private final Db owner = Db.connectAsOwner(vertx, DbSettings.of(address));

    @AfterEach
    void close() {
        await(db.close());
        await(owner.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void whoever_waited_in_them_is_told_and_nothing_of_theirs_is_left() {
        for (int round = 0; round < ROUNDS; round++) {
            var id = UUID.randomUUID();
            var told = new ArrayList<Future<?>>();
            List<Future<Integer>> waiting =
                    await(owner.inTransaction(tx -> tx.run("SELECT pg_advisory_xact_lock($1)", LOCK)
                            .map(locked -> begin(id))
                            .onSuccess(begun -> queueBehind(told))
                            .compose(begun -> allWait(begun.size())
                                    .compose(seen -> owner.run(END))
                                    .map(begun))));
            var ended = await(Future.join(waiting).transform(all -> Future.succeededFuture(waiting)));
            assertThat(ended)
                    .as("round %d", round)
                    .allSatisfy(one -> assertThat(one.cause())
                            .isInstanceOfSatisfying(
                                    Refusal.class,
                                    refusal -> assertThat(refusal.code()).isEqualTo(PlatformProblem.UNAVAILABLE)));
            await(Future.join(told).transform(all -> Future.succeededFuture()));
            assertThat(await(owner.list("SELECT id FROM platform.outbox WHERE subject_id = $1", row -> row, id)))
                    .isEmpty();
        }
    }

    /** Some wait in their first statement, some in a later one, some alone, and some have more of them under way. */
    private List<Future<Integer>> begin(UUID id) {
        return IntStream.range(0, AT_ONCE)
                .mapToObj(n -> switch (n % 4) {
                    case 0 -> db.inTransaction(tx -> lock(tx).compose(locked -> tx.execute(NOTE, id)));
                    case 1 -> db.inTransaction(tx -> tx.execute(NOTE, id).compose(done -> lock(tx)));
                    case 2 -> lock(db);
                    default ->
                        db.inTransaction(tx -> {
                            var first = tx.execute(NOTE, id);
                            var second = lock(tx);
                            var third = tx.execute(NOTE, id);
                            return Future.all(first, second, third).compose(done -> tx.execute(NOTE, id));
                        });
                })
                .toList();
    }

    /** Single statements share connections: some of these wait behind one that waits for the lock. */
    private void queueBehind(List<Future<?>> told) {
        IntStream.range(0, 2 * AT_ONCE).forEach(n -> told.add(db.run("SELECT 1")));
    }

    private static Future<Integer> lock(Sql sql) {
        return sql.run("SELECT pg_advisory_xact_lock($1)", LOCK).map(1);
    }

    private Future<Void> allWait(int count) {
        return owner.find(WAITING, row -> row.getLong("n"))
                .compose(n -> n.orElseThrow() >= count
                        ? Future.succeededFuture()
                        : vertx.timer(5, TimeUnit.MILLISECONDS).compose(slept -> allWait(count)));
    }
}
