package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.crypto.KeyFile;
import io.anju.platform.crypto.Suite;
import io.anju.platform.crypto.Vault;
import io.anju.platform.rotation.Rotation.State;
import io.anju.testing.Anju;
import io.anju.testing.KeyDesk;
import io.anju.testing.SealedFields;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of everything that the product keeps, sealed again: first under the national suite, and then back. */
class KeyRotationIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    @SuppressWarnings("NullAway.Init")
    private static World world;

    @BeforeAll
    static void build() {
        world = World.build(anju);
    }

    @Test
    void everything_is_sealed_again_and_the_old_key_is_forgotten() throws Exception {
        try (var keys = new KeyDesk(anju)) {
            for (var suite : new Suite[] {Suite.NATIONAL, Suite.INTERNATIONAL}) {
                rotates(keys, suite);
            }
        }
    }

    private static void rotates(KeyDesk keys, Suite suite) throws Exception {
        var vault = anju.domains().vault;
        // what is due anyway must not change anything in between
        anju.runJobs();
        var before = SealedFields.of(anju, vault);
        assertThat(before.contents()).as("columns that hold something").hasSizeGreaterThan(10);
        var oldKey = vault.primaryKey();
        var rotation = keys.begin(suite);
        assertThatThrownBy(() -> keys.begin(suite)).hasMessageContaining("has not ended");

        anju.runJobs();
        assertThat(vault.primaryKey()).as("known, and not yet used").isEqualTo(oldKey);
        anju.clock().advance(KeyDesk.SETTLED);
        keys.work(20);
        var after = SealedFields.of(anju, vault);
        assertThat(after.contents()).isEqualTo(before.contents());
        assertThat(after.countsByKey().keySet()).isEqualTo(Set.of(rotation.keyId()));
        assertThat(keys.progress().rotation().state())
                .as("the old key stays a while")
                .isEqualTo(State.RUNNING);
        filesAreCurrent(vault);

        anju.clock().advance(Duration.ofMinutes(10));
        anju.runJobs();
        assertThat(keys.progress().rotation().state()).isEqualTo(State.DONE);
        assertThat(count("SELECT count(*) FROM platform.keyset WHERE name = 'fields' AND retired_at IS NULL"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM platform.keyset WHERE retired_at IS NOT NULL AND length(sealed) > 0"))
                .isZero();
        var fresh = Anju.await(Vault.load(
                anju.db(),
                KeyFile.open(anju.keyFile()),
                Suite.INTERNATIONAL,
                anju.clock().instant()));
        assertThat(fresh.primaryKey().suite()).isEqualTo(suite);
        assertThat(SealedFields.of(anju, fresh).countsByKey()).containsOnlyKeys(rotation.keyId());
    }

    private static void filesAreCurrent(Vault vault) throws IOException {
        try (var files = Files.walk(anju.folder().resolve("attachments"))) {
            var all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty();
            for (var file : all) {
                assertThat(vault.isCurrent(Files.readAllBytes(file)))
                        .as(file.toString())
                        .isTrue();
            }
        }
    }

    @Test
    void the_way_in_for_new_keys_is_closed_to_everything_else() throws SQLException {
        assertThat(world.id("applicationId")).isNotEmpty();
        var rewrap = "SELECT platform.rewrap('application.submission', 'content', ARRAY[ctid::text], ARRAY[content],"
                + " ARRAY[content || '\\x00'::bytea]) FROM application.submission LIMIT 1";
        asServer("no rotation runs", rewrap, "no key rotation runs");
        asServer(
                "cannot be begun",
                "INSERT INTO platform.key_rotation (id, to_version, key_id, suite, begun_at,"
                        + " primary_from) VALUES (gen_random_uuid(), 9, 9, 'sm4-gcm', now(), now())",
                "permission denied");
        asServer(
                "no flag opens a table",
                "SET anju.rewrapping = 'on'; UPDATE application.submission SET content = ''",
                "permission denied");
        asServer("keys are not edited", "UPDATE platform.keyset SET sealed = ''", "permission denied");
    }

    @Test
    void while_a_rotation_runs_a_kept_content_cannot_be_replaced() throws SQLException {
        try (var keys = new KeyDesk(anju)) {
            keys.begin(Suite.INTERNATIONAL);
            for (var forged : new String[] {
                "content || '\\x00'::bytea",
                "''::bytea",
                "overlay(content PLACING '\\xff'::bytea FROM length(content) - 3)",
                "(SELECT other.content FROM application.submission other WHERE other.ctid <> s.ctid LIMIT 1)"
            }) {
                assertThat(asServer("SELECT platform.rewrap('application.submission', 'content', ARRAY[s.ctid::text],"
                                + " ARRAY[s.content], ARRAY[" + forged + "]) FROM application.submission s LIMIT 1"))
                        .as(forged)
                        .isZero();
            }
            anju.clock().advance(KeyDesk.SETTLED);
            keys.work(20);
            anju.clock().advance(Duration.ofMinutes(10));
            anju.runJobs();
            assertThat(keys.progress().rotation().state()).isEqualTo(State.DONE);
        }
    }

    private static void asServer(String why, String sql, String refusal) {
        assertThatThrownBy(() -> asServer(sql)).as(why).hasMessageContaining(refusal);
    }

    private static long asServer(String sql) throws SQLException {
        return run("SET ROLE anju_app; " + sql);
    }

    private static long count(String sql) throws SQLException {
        return run(sql);
    }

    /** Gives the number in the last result, if it has one. */
    private static long run(String sql) throws SQLException {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            while (!hasRows && statement.getUpdateCount() >= 0) {
                hasRows = statement.getMoreResults();
            }
            try (var rows = statement.getResultSet()) {
                return rows != null && rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
