package io.anju.platform.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.App;
import io.anju.platform.crypto.Suite;
import io.anju.platform.crypto.Vault;
import io.anju.testing.Anju;
import io.anju.testing.KeyDesk;
import io.anju.testing.SealedFields;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
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
    private static final int BATCH = 1_000;
    private static final String RESIDENT = "identity.resident";
    private static final String NAME = "sealed_name";
    private static final String ONCE = "platform.idempotency";

    /** What each resident is called by the writer that came last. */
    private final Map<UUID, String> names = new ConcurrentHashMap<>();

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();

    @Test
    void nobody_notices_while_everything_is_sealed_again() {
        fill();
        var first = anju.app();
        var second = anju.anotherApp();
        var doomed = anju.anotherApp();
        try (var keys = new KeyDesk(anju)) {
            var load = Future.all(readers(first, 1), readers(second, 2), writer(first, 0), writer(second, 1));
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
            Anju.await(load);

            System.out.println(reads + " reads, " + writes + " writes beside "
                    + keys.progress().resealed());
            assertThat(reads.get()).isGreaterThan(1_000);
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

    private void fill() {
        Future<Void> filled = Future.succeededFuture();
        for (int from = 0; from < ROWS; from += BATCH) {
            filled = filled.compose(done -> fill(anju.domains().vault));
        }
        Anju.await(filled);
    }

    private Future<Void> fill(Vault vault) {
        var ids = new UUID[BATCH];
        var sealedNames = new Buffer[BATCH];
        var numbers = new Buffer[BATCH];
        var answers = new Buffer[BATCH];
        for (int i = 0; i < BATCH; i++) {
            ids[i] = UUID.randomUUID();
            names.put(ids[i], "甲" + i);
            sealedNames[i] = Buffer.buffer(vault.sealText(RESIDENT, NAME, ids[i], "甲" + i));
            numbers[i] = Buffer.buffer(vault.sealText(RESIDENT, "sealed_national_id", ids[i], "number"));
            var row = UUID.nameUUIDFromBytes(("load\nload\n" + ids[i]).getBytes(StandardCharsets.UTF_8));
            answers[i] = Buffer.buffer(vault.sealText(ONCE, "answer", row, "answer " + ids[i]));
        }
        return anju.db()
                .execute("""
                        INSERT INTO identity.resident
                               (id, created_at, person_index, sealed_name, sealed_national_id, bound_at)
                        SELECT id, now(), uuid_send(id) || uuid_send(id), name, number, now()
                          FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS one (id, name, number)
                        """, ids, sealedNames, numbers)
                .compose(inserted -> anju.db().execute("""
                        INSERT INTO platform.idempotency (scope, operation, key, digest, answer)
                        SELECT 'load', 'load', id::text, sha256('a'::bytea), answer
                          FROM unnest($1::uuid[], $2::bytea[]) AS one (id, answer)
                        """, ids, answers))
                .mapEmpty();
    }

    private Future<Void> readers(App app, long seed) {
        var random = new Random(seed);
        var ids = names.keySet().toArray(UUID[]::new);
        return Future.all(IntStream.range(0, 4)
                        .mapToObj(i -> {
                            Promise<Void> end = Promise.promise();
                            read(app, ids, random, end);
                            return end.future();
                        })
                        .toList())
                .mapEmpty();
    }

    /** Reads a resident and a stored answer, again and again; a field that does not open fails the test. */
    private void read(App app, UUID[] ids, Random random, Promise<Void> end) {
        if (isOver.get()) {
            end.complete();
            return;
        }
        var vault = app.domains().vault;
        var id = ids[random.nextInt(ids.length)];
        app.db()
                .find(
                        """
                        SELECT r.sealed_name, o.answer, platform.name_uuid('load' || chr(10) || 'load' || chr(10) || o.key)
                          FROM identity.resident r
                          JOIN platform.idempotency o
                            ON o.scope = 'load' AND o.operation = 'load' AND o.key = $2
                         WHERE r.id = $1
                        """,
                        row -> vault.openText(
                                        RESIDENT, NAME, id, row.getBuffer(0).getBytes())
                                + vault.openText(
                                        ONCE,
                                        "answer",
                                        row.getUUID(2),
                                        row.getBuffer(1).getBytes()),
                        id,
                        id.toString())
                .map(found -> assertThat(found.orElseThrow()).endsWith("answer " + id))
                .onSuccess(right -> {
                    reads.addAndGet(2);
                    read(app, ids, random, end);
                })
                .onFailure(end::fail);
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
