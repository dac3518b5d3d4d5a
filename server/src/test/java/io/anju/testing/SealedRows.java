package io.anju.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.App;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Many sealed rows for a replacement of keys to work through, of a table whose rows change and of one whose rows never
 * do, and readers of them who fail where a single field does not open.
 */
public final class SealedRows {
    /** The sealed columns of these rows, as {@link SealedFields} names them. */
    public static final Set<String> COLUMNS = Set.of(
            "identity.resident.sealed_name", "identity.resident.sealed_national_id", "platform.idempotency.answer");

    private static final int BATCH = 1_000;
    private static final String RESIDENT = "identity.resident";
    private static final String NAME = "sealed_name";
    private static final String ONCE = "platform.idempotency";

    private final Anju anju;
    private final Map<UUID, String> names = new ConcurrentHashMap<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong reads = new AtomicLong();

    public SealedRows(Anju anju) {
        this.anju = anju;
    }

    /** What each resident is called at first. */
    public Map<UUID, String> names() {
        return Map.copyOf(names);
    }

    public long reads() {
        return reads.get();
    }

    /** Writes so many thousands of residents, each with a stored answer. */
    public void fill(int rows) {
        Future<Void> filled = Future.succeededFuture();
        for (int from = 0; from < rows; from += BATCH) {
            filled = filled.compose(done -> fill());
        }
        Anju.await(filled);
    }

    private Future<Void> fill() {
        var vault = anju.domains().vault;
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

    /** Readers on one instance until {@link #stopReaders}; the first field that does not open is their failure. */
    public Future<Void> readers(App app, long seed) {
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

    public void stopReaders() {
        isOver.set(true);
    }

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
}
