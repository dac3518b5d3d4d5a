package io.anju.platform.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.App;
import io.anju.platform.crypto.Suite;
import io.anju.testing.Anju;
import io.anju.testing.KeyDesk;
import io.anju.testing.SealedFields;
import io.anju.testing.SealedRows;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Keys are replaced by two instances while both read and write what is sealed: rows that change and rows that never do.
 * The work is stopped, goes on, loses its database in the middle and is taken over.
 */
class RotationUnderLoadIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int ROWS = 6_000;
    private static final String RESIDENT = "identity.resident";
    private static final String NAME = "sealed_name";

    /** What each resident is called by the writer that came last. */
    private final Map<UUID, String> names = new ConcurrentHashMap<>();

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong writes = new AtomicLong();

    @Test
    void nobody_notices_while_everything_is_sealed_again() {
        var rows = new SealedRows(anju);
        rows.fill(ROWS);
        names.putAll(rows.names());
        var first = anju.app();
        var second = anju.anotherApp();
        var doomed = anju.anotherApp();
        try (var keys = new KeyDesk(anju)) {
            var load = Future.all(rows.readers(first, 1), rows.readers(second, 2), writer(first, 0), writer(second, 1));
            var rotation = keys.begin(Suite.NATIONAL);
            anju.clock().advance(KeyDesk.SETTLED);
            knowsNewKey(first, rotation);
            knowsNewKey(second, rotation);
            knowsNewKey(doomed, rotation);

            aRunnerDiesInTheMiddle(keys, doomed);
            stopsAndGoesOn(keys);
            for (int turn = 0; turn < 60 && !isDone(keys); turn++) {
                anju.clock().advance(Duration.ofSeconds(20));
                var now = anju.clock().instant();
                Anju.await(Future.all(
                        first.domains().jobs.runDue(now), second.domains().jobs.runDue(now)));
            }
            assertThat(isDone(keys)).as("done").isTrue();
            isOver.set(true);
            rows.stopReaders();
            Anju.await(load);

            System.out.println(rows.reads() + " reads, " + writes + " writes beside "
                    + keys.progress().resealed());
            assertThat(rows.reads()).isGreaterThan(1_000);
            assertThat(writes.get()).isGreaterThan(100);
            var fields = SealedFields.of(anju, first.domains().vault);
            assertThat(fields.countsByKey()).containsOnlyKeys(rotation.keyId());
            assertThat(fields.contents().get(RESIDENT + "." + NAME)).hasSize(ROWS);
            namesAreTheLastOnesWritten(second);
        }
    }

    private static boolean isDone(KeyDesk keys) {
        return keys.progress().rotation().state() == Rotation.State.DONE;
    }

    private static void knowsNewKey(App app, Rotation rotation) {
        var vault = app.domains().vault;
        Anju.await(vault.refresh(app.db(), anju.clock().instant()));
        assertThat(vault.primaryKey().id()).isEqualTo(rotation.keyId());
    }

    /** Its connections break while chunks are under way; its lease runs out, and another goes on. */
    private static void aRunnerDiesInTheMiddle(KeyDesk keys, App doomed) {
        var jobs = doomed.domains().jobs;
        for (int turn = 0; turn < 20 && keys.progress().parts().isEmpty(); turn++) {
            anju.clock().advance(Duration.ofSeconds(10));
            var run = jobs.runDue(anju.clock().instant());
            while (!run.isComplete() && keys.progress().resealed() == 0) {
                Thread.onSpinWait();
            }
            if (!run.isComplete()) {
                Anju.await(doomed.db().close());
            }
            Anju.await(run.transform(ended -> Future.succeededFuture()));
        }
        assertThat(keys.progress().resealed()).isPositive();
        assertThat(keys.progress().rotation().state()).isEqualTo(Rotation.State.RUNNING);
        anju.clock().advance(Duration.ofMinutes(2));
    }

    private static void stopsAndGoesOn(KeyDesk keys) {
        Anju.await(keys.desk().stop());
        var before = keys.progress();
        anju.clock().advance(Duration.ofSeconds(20));
        anju.runJobs();
        assertThat(keys.progress()).isEqualTo(before);
        Anju.await(keys.desk().resume());
    }

    private Future<Void> writer(App app, int half) {
        Promise<Void> end = Promise.promise();
        write(app, names.keySet().stream().sorted().toArray(UUID[]::new), new Random(half), half, end);
        return end.future();
    }

    /** Each writer has its own half of the residents, so the last name of each is known. */
    private void write(App app, UUID[] ids, Random random, int half, Promise<Void> end) {
        if (isOver.get()) {
            end.complete();
            return;
        }
        var id = ids[random.nextInt(ids.length / 2) * 2 + half];
        var name = "乙" + random.nextInt();
        var sealedName = Buffer.buffer(app.domains().vault.sealText(RESIDENT, NAME, id, name));
        app.db()
                .execute("UPDATE identity.resident SET sealed_name = $2 WHERE id = $1", id, sealedName)
                .map(updated -> assertThat(updated).isOne())
                .onSuccess(right -> {
                    names.put(id, name);
                    writes.incrementAndGet();
                    write(app, ids, random, half, end);
                })
                .onFailure(end::fail);
    }

    private void namesAreTheLastOnesWritten(App app) {
        var vault = app.domains().vault;
        var stored = Anju.await(app.db()
                .list(
                        "SELECT id, sealed_name FROM identity.resident",
                        row -> Map.entry(
                                row.getUUID(0),
                                vault.openText(
                                        RESIDENT,
                                        NAME,
                                        row.getUUID(0),
                                        row.getBuffer(1).getBytes()))));
        assertThat(stored).containsExactlyInAnyOrderElementsOf(names.entrySet());
    }
}
