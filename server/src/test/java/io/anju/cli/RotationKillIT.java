package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.crypto.Suite;
import io.anju.platform.rotation.Rotation;
import io.anju.testing.Anju;
import io.anju.testing.KeyDesk;
import io.anju.testing.SealedFields;
import io.anju.testing.SealedRows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kills the server that seals everything with a new key in the middle of it, while another one reads: no field is ever
 * unreadable, and the other goes on with the work to its end.
 */
class RotationKillIT {
    /** Two servers of one database go by one time. */
    private static final InstantSource TIME = InstantSource.system();

    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int ROWS = 12_000;

    @Test
    void a_server_that_is_killed_while_it_seals_anew_loses_nothing_and_another_goes_on() throws Exception {
        var rows = new SealedRows(anju);
        rows.fill(ROWS);
        var before = contents();
        try (var keys = new KeyDesk(anju)) {
            // long enough ago that the new key seals everywhere at once
            anju.clock().set(TIME.instant().minus(Duration.ofMinutes(5)));
            var rotation = keys.begin(Suite.INTERNATIONAL);
            anju.clock().set(TIME.instant());
            Anju.await(anju.domains().vault.refresh(anju.db(), anju.clock().instant()));
            var load = rows.readers(anju.app(), 3);

            killInTheMiddle(keys);
            var left = keys.progress();
            assertThat(left.rotation().state()).isEqualTo(Rotation.State.RUNNING);
            assertThat(left.resealed()).isPositive();
            assertThat(contents().equals(before))
                    .as("every field says what it said")
                    .isTrue();
            assertThat(fields().countsByKey()).as("old keys and new").hasSizeGreaterThan(1);

            // until the lease of the dead server is over, and then to the end
            anju.clock().set(TIME.instant().plus(Duration.ofMinutes(5)));
            for (int turn = 0; turn < 200 && keys.progress().rotation().state() != Rotation.State.DONE; turn++) {
                anju.clock().advance(Duration.ofSeconds(20));
                anju.runJobs();
            }
            rows.stopReaders();
            Anju.await(load); // fails with the first field that did not open

            assertThat(keys.progress().rotation().state()).isEqualTo(Rotation.State.DONE);
            System.out.println(rows.reads() + " reads, none failed; killed after " + left.resealed() + " fields of "
                    + keys.progress().resealed());
            assertThat(rows.reads()).isGreaterThan(500);
            assertThat(fields().countsByKey()).containsOnlyKeys(rotation.keyId());
            assertThat(contents().equals(before))
                    .as("every field says what it said")
                    .isTrue();
        }
    }

    private static SealedFields fields() {
        return SealedFields.of(anju, anju.domains().vault);
    }

    /** Of the rows that were filled in; a server that starts may seal keys of its own. */
    private static Map<String, List<String>> contents() {
        var contents = new TreeMap<>(fields().contents());
        contents.keySet().retainAll(SealedRows.COLUMNS);
        assertThat(contents).hasSize(SealedRows.COLUMNS.size());
        return contents;
    }

    private static void killInTheMiddle(KeyDesk keys) throws Exception {
        var address = anju.databaseAddress();
        var url = "postgresql://%s:%s@%s:%d/%s"
                .formatted(address.user(), address.password(), address.host(), address.port(), address.database());
        var server = ServerProcess.start(
                anju.folder().resolve("child"),
                anju.folder().resolve("child.log"),
                Map.of("ANJU_DATABASE_URL", url, "ANJU_KEY_FILE", anju.keyFile().toString()));
        try {
            var end = TIME.instant().plus(Duration.ofMinutes(2));
            while (keys.progress().resealed() == 0) {
                assertThat(TIME.instant()).as(server::logText).isBefore(end);
            }
        } finally {
            server.kill();
        }
    }
}
