package io.anju.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.crypto.KeyFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.testing.TestDatabases;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DbIT {
    private final DbAddress address = TestDatabases.fresh();
    private final Vertx vertx = Vertx.vertx();
    private final Db db = TestDatabases.connect(vertx, address);

    @AfterEach
    void close() {
        await(db.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void works_as_a_role_that_owns_nothing() {
        assertThat(await(db.find("SELECT current_user::text AS name", row -> row.getString("name"))))
                .contains("anju_app");
        assertThat(await(db.find(
                        "SELECT count(*) AS n FROM pg_class WHERE relowner = 'anju_app'::regrole",
                        row -> row.getLong("n"))))
                .contains(0L);
        assertThatThrownBy(() -> await(db.execute("CREATE TABLE platform.mine (id int)")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void every_table_of_every_schema_can_be_reached_and_none_be_truncated() {
        var forbidden = await(db.list("""
                SELECT schemaname || '.' || tablename AS name
                  FROM pg_tables
                 WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
                   AND (has_table_privilege('anju_app', (schemaname || '.' || tablename)::regclass, 'TRUNCATE')
                        OR NOT has_table_privilege('anju_app', (schemaname || '.' || tablename)::regclass, 'SELECT'))
                """, row -> row.getString("name")));
        assertThat(forbidden).isEmpty();
    }

    @Test
    void a_failed_transaction_leaves_nothing_behind() {
        var id = UUID.randomUUID();
        var failed = db.inTransaction(tx -> tx.execute(
                        "INSERT INTO platform.outbox (topic, subject_id, payload) VALUES ('test.x', $1, '{}')", id)
                .compose(done -> Refusal.<Void>failed(PlatformProblem.NOT_FOUND)));
        assertThat(refusalOf(failed).code()).isEqualTo(PlatformProblem.NOT_FOUND);
        assertThat(await(db.list("SELECT id FROM platform.outbox WHERE subject_id = $1", row -> row, id)))
                .isEmpty();
    }

    @Test
    void a_named_constraint_becomes_its_refusal() {
        SqlErrors.constraint("keyset_pkey", PlatformProblem.PRECONDITION_FAILED);
        var insert = "INSERT INTO platform.keyset (name, version, sealed) VALUES ('twice', 1, '')";
        await(db.execute(insert));
        assertThat(refusalOf(db.execute(insert)).code()).isEqualTo(PlatformProblem.PRECONDITION_FAILED);
        assertThat(refusalOf(db.inTransaction(tx -> tx.execute(insert))).code())
                .isEqualTo(PlatformProblem.PRECONDITION_FAILED);
        assertThatThrownBy(() -> SqlErrors.constraint("keyset_pkey", PlatformProblem.NOT_FOUND))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_full_queue_and_a_missing_server_answer_unavailable() {
        var narrow = Db.connect(vertx, new DbSettings(address, 1, 1, 2, 5_000, 10_000));
        var many = IntStream.range(0, 20)
                .mapToObj(n -> narrow.inTransaction(tx -> tx.run("SELECT pg_sleep(0.1)")))
                .toList();
        await(Future.join(many).transform(ended -> Future.succeededFuture()));
        var refused = many.stream().filter(Future::failed).toList();
        assertThat(refused)
                .isNotEmpty()
                .allSatisfy(future -> assertThat(refusalOf(future).code()).isEqualTo(PlatformProblem.UNAVAILABLE));
        await(narrow.close());

        var nobody = new DbAddress("localhost", 1, "anju", "anju", "");
        var missing = Db.connect(vertx, DbSettings.of(nobody));
        assertThat(refusalOf(missing.run("SELECT 1")).code()).isEqualTo(PlatformProblem.UNAVAILABLE);
        await(missing.close());
    }

    @Test
    void a_statement_that_takes_too_long_is_cancelled() {
        var hasty = Db.connect(vertx, new DbSettings(address, 1, 1, 10, 5_000, 100));
        assertThat(refusalOf(hasty.run("SELECT pg_sleep(5)")).code()).isEqualTo(PlatformProblem.UNAVAILABLE);
        await(hasty.close());
    }

    @Test
    void migrations_run_once_also_when_started_twice_at_once() {
        var empty = TestDatabases.empty();
        var ran = await(Future.join(Migrations.run(vertx, empty), Migrations.run(vertx, empty)));
        assertThat(ran.<Integer>resultAt(0) + ran.<Integer>resultAt(1)).isPositive();
        assertThat(Migrations.pending(empty)).isZero();
        assertThat(Migrations.run(empty)).isZero();
    }

    @Test
    void the_vault_keeps_its_keys_in_the_database_and_opens_them_with_its_file_only(@TempDir Path folder)
            throws Exception {
        var file = folder.resolve("key");
        KeyFile.create(file);
        assertThatThrownBy(() -> KeyFile.create(file)).isInstanceOf(java.nio.file.FileAlreadyExistsException.class);
        var vaults = await(Future.join(Vault.load(db, file), Vault.load(db, file)));
        Vault one = vaults.resultAt(0);
        Vault two = vaults.resultAt(1);
        var row = UUID.randomUUID();
        assertThat(two.openText("t", "c", row, one.sealText("t", "c", row, "x")))
                .isEqualTo("x");
        assertThat(two.verify(new byte[1], one.sign(new byte[1]))).isTrue();

        var other = folder.resolve("other");
        KeyFile.create(other);
        assertThatThrownBy(() -> await(Vault.load(db, other))).hasMessageContaining("does not open");
    }

    private static Refusal refusalOf(Future<?> future) {
        try {
            await(future);
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(Refusal.class);
            return (Refusal) e.getCause();
        }
        throw new AssertionError("nothing was refused");
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
