package io.anju.bench;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Residents, whose rows may change, and stored answers, whose rows never do: each resident has one, under its id. */
final class SealedRows {
    private static final int BATCH = 2_000;
    private static final long LIMIT_MINUTES = 10;
    private static final String RESIDENT = "identity.resident";
    private static final String NAME = "sealed_name";
    private static final String NUMBER = "sealed_national_id";
    private static final String ONCE = "platform.idempotency";
    private static final String ANSWER = "answer";

    private static final String INSERT_RESIDENTS = """
            INSERT INTO identity.resident (id, created_at, person_index, sealed_name, sealed_national_id, bound_at)
            SELECT id, now(), uuid_send(id) || uuid_send(id), name, number, now()
              FROM unnest($1::uuid[], $2::bytea[], $3::bytea[]) AS one (id, name, number)
            """;

    private static final String INSERT_ANSWERS = """
            INSERT INTO platform.idempotency (scope, operation, key, digest, answer)
            SELECT 'bench', 'bench', id::text, sha256(uuid_send(id)), answer
              FROM unnest($1::uuid[], $2::bytea[]) AS one (id, answer)
            """;

    private static final String FIND = """
            SELECT r.sealed_name, r.sealed_national_id, o.answer
              FROM identity.resident r
              JOIN platform.idempotency o
                ON o.scope = 'bench' AND o.operation = 'bench' AND o.key = $2
             WHERE r.id = $1
            """;

    private final Db db;
    private final Vault vault;
    private final UUID[] ids;

    SealedRows(Db db, Vault vault, int rows) {
        this.db = db;
        this.vault = vault;
        this.ids = IntStream.range(0, rows / 2).mapToObj(i -> UUID.randomUUID()).toArray(UUID[]::new);
    }

    void fill() throws TimeoutException {
        for (int from = 0; from < ids.length; from += BATCH) {
            insert(Arrays.copyOfRange(ids, from, Math.min(from + BATCH, ids.length)))
                    .await(LIMIT_MINUTES, TimeUnit.MINUTES);
        }
    }

    private Future<Void> insert(UUID[] batch) {
        var names = new Buffer[batch.length];
        var numbers = new Buffer[batch.length];
        var answers = new Buffer[batch.length];
        for (int i = 0; i < batch.length; i++) {
            names[i] = Buffer.buffer(vault.sealText(RESIDENT, NAME, batch[i], "甲" + i));
            numbers[i] = Buffer.buffer(vault.sealText(RESIDENT, NUMBER, batch[i], "11010519491231002X"));
            answers[i] = Buffer.buffer(vault.sealText(ONCE, ANSWER, answerRow(batch[i]), "answer to " + batch[i]));
        }
        return db.execute(INSERT_RESIDENTS, batch, names, numbers)
                .compose(inserted -> db.execute(INSERT_ANSWERS, batch, answers))
                .mapEmpty();
    }

    private static UUID answerRow(UUID id) {
        return UUID.nameUUIDFromBytes(("bench\nbench\n" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads random rows until it is stopped. */
    Reading read(int atATime) {
        return new Reading(atATime);
    }

    /** What readers met. */
    record Met(long reads, long failed, double perSecond, double p99Micros) {}

    final class Reading {
        private static final int KEPT = 1 << 16;

        private final AtomicBoolean isOver = new AtomicBoolean();
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong failed = new AtomicLong();
        private final long[] micros = new long[KEPT];
        private final long begun = System.nanoTime();
        private final Future<?> all;

        private Reading(int atATime) {
            all = Future.join(IntStream.range(0, atATime)
                    .mapToObj(i -> {
                        Promise<Void> end = Promise.promise();
                        next(new Random(i), end);
                        return end.future();
                    })
                    .toList());
        }

        /** A chain of futures would grow with every read. */
        private void next(Random random, Promise<Void> end) {
            if (isOver.get()) {
                end.complete();
                return;
            }
            var id = ids[random.nextInt(ids.length)];
            long asked = System.nanoTime();
            db.find(
                            FIND,
                            row -> vault.openText(
                                            RESIDENT, NAME, id, row.getBuffer(0).getBytes())
                                    + vault.openText(
                                            RESIDENT,
                                            NUMBER,
                                            id,
                                            row.getBuffer(1).getBytes())
                                    + vault.openText(
                                            ONCE,
                                            ANSWER,
                                            answerRow(id),
                                            row.getBuffer(2).getBytes()),
                            id,
                            id.toString())
                    .onComplete(ended -> {
                        if (ended.failed() || !ended.result().orElse("").endsWith("answer to " + id)) {
                            failed.incrementAndGet();
                        }
                        micros[(int) (reads.getAndIncrement() % KEPT)] = (System.nanoTime() - asked) / 1_000;
                        next(random, end);
                    });
        }

        Met stop() throws TimeoutException {
            isOver.set(true);
            all.await(LIMIT_MINUTES, TimeUnit.MINUTES);
            long count = reads.get();
            var sorted = Arrays.copyOf(micros, (int) Math.min(count, KEPT));
            Arrays.sort(sorted);
            double took = (System.nanoTime() - begun) / 1e9;
            return new Met(count, failed.get(), count / took, sorted[(int) (sorted.length * 0.99)]);
        }
    }
}
