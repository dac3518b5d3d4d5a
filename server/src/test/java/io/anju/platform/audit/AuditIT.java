package io.anju.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Office;
import io.anju.testing.TestDatabases;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditIT {
    private static final Instant NOW = Instant.parse("2026-11-22T04:00:00Z");
    private static final UUID SUBJECT = UUID.fromString("0198f000-0000-7000-8000-000000000001");
    private static final Caller REVIEWER = new Caller(
            Caller.Kind.STAFF,
            UUID.fromString("0198f000-0000-7000-8000-000000000002"),
            Set.of("staff.files"),
            null,
            new Office("370200", "street", "370202001", "江苏路街道"),
            null);

    private final DbAddress address = TestDatabases.fresh();
    private final Vertx vertx = Vertx.vertx();
    private final Db db = TestDatabases.connect(vertx, address);

    @BeforeEach
    void two_sealed_batches_and_an_open_row() {
        record(3);
        assertThat(await(AuditSeal.run(db, NOW))).isEqualTo(3);
        record(4);
        assertThat(await(AuditSeal.run(db, NOW.plusSeconds(60)))).isEqualTo(4);
        record(1);
    }

    @AfterEach
    void close() {
        await(db.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void an_untouched_chain_holds() {
        var report = await(AuditCheck.run(db));
        assertThat(report.findings()).isEmpty();
        assertThat(report.batches()).isEqualTo(2);
        assertThat(report.rows()).isEqualTo(7);
        assertThat(report.unsealed()).isEqualTo(1);
        assertThat(report.head()).hasSize(64);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE platform.audit SET reason = 'case 730' WHERE id = 2                       | row 2 of batch 1 was altered
            UPDATE platform.audit SET at = at + interval '1 microsecond' WHERE id = 5        | row 5 of batch 2 was altered
            UPDATE platform.audit SET purpose = 'another' WHERE id = 1                       | row 1 of batch 1 was altered
            UPDATE platform.audit SET office = NULL WHERE id = 1                             | row 1 of batch 1 was altered
            DELETE FROM platform.audit WHERE id = 3                                          | row 3 of batch 1 is missing
            DELETE FROM platform.audit_leaf WHERE audit_id = 4                               | the rows of batch 2 are not those that were sealed
            UPDATE platform.audit_leaf SET hash = set_byte(hash, 0, get_byte(hash, 0) # 1) WHERE audit_id = 6 | row 6 of batch 2 was altered
            UPDATE platform.audit_batch SET root = set_byte(root, 31, get_byte(root, 31) # 1) WHERE number = 1 | batch 1 was altered
            UPDATE platform.audit_batch SET sealed_at = sealed_at - interval '1 day' WHERE number = 2 | batch 2 was altered
            DELETE FROM platform.audit_leaf WHERE batch = 1; DELETE FROM platform.audit_batch WHERE number = 1 | batch 1 is missing
            """)
    void whoever_changes_something_is_found(String change, String finding) throws SQLException {
        asOwner(change);
        var report = await(AuditCheck.run(db));
        assertThat(report.holds()).isFalse();
        assertThat(report.findings()).contains(finding);
    }

    @Test
    void the_server_itself_can_neither_change_nor_delete() {
        for (var change : new String[] {
            "UPDATE platform.audit SET reason = 'x'",
            "DELETE FROM platform.audit",
            "TRUNCATE platform.audit",
            "UPDATE platform.audit_batch SET row_count = 1",
            "DELETE FROM platform.audit_leaf"
        }) {
            assertThatThrownBy(() -> await(db.execute(change))).hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_row_that_commits_late_is_sealed_late() {
        Promise<Void> written = Promise.promise();
        Promise<Void> gate = Promise.promise();
        var late = db.inTransaction(tx -> Audit.record(tx, REVIEWER, "file.opened", "application", SUBJECT, "late")
                .onSuccess(done -> written.complete())
                .compose(done -> gate.future()));
        await(written.future());
        record(2);
        assertThat(await(AuditSeal.run(db, NOW.plusSeconds(120)))).isEqualTo(3);
        gate.complete();
        await(late);
        assertThat(await(AuditSeal.run(db, NOW.plusSeconds(180)))).isEqualTo(1);
        var report = await(AuditCheck.run(db));
        assertThat(report.findings()).isEmpty();
        assertThat(report.rows()).isEqualTo(11);
        assertThat(report.unsealed()).isZero();
    }

    private void record(int times) {
        for (var n = 0; n < times; n++) {
            await(Audit.record(db, REVIEWER, "file.opened", "application", SUBJECT, "case 73" + n));
        }
    }

    /** What nobody may do through the server: the database's owner at work. */
    private void asOwner(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
