package io.anju.platform.crypto;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Hashes what people know by heart or carry on paper with Argon2id, on threads of its own: a hash takes some 50 ms and
 * 19 MiB, by intention, and must not hold up the event loop. Few run at a time and few may wait, so a flood of tries costs
 * neither memory nor the rest of the server.
 */
public final class SlowHash {
    private static final int THREADS = 2;
    private static final int MAX_PENDING = 64;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private final WorkerExecutor workers;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong made = new AtomicLong();

    /** @param purpose those of one purpose share threads, and hold up nobody else */
    public SlowHash(Vertx vertx, String purpose) {
        this.workers = vertx.createSharedWorkerExecutor("anju-" + purpose, THREADS);
    }

    /** OWASP's first choice of parameters (2025). */
    private record Cost(int memoryKib, int passes, int lanes) {
        static final Cost NOW = new Cost(19_456, 2, 1);
    }

    /** Gives the hash in PHC's string format. */
    public Future<String> hash(String secret) {
        return onWorker(() -> {
            var salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            var hash = argon2id(secret, salt, Cost.NOW);
            return phc(salt, hash);
        });
    }

    /** A hash that no secret has: for an account whose owner has not chosen one yet. */
    public static String ofNone() {
        var salt = new byte[SALT_BYTES];
        var hash = new byte[HASH_BYTES];
        RANDOM.nextBytes(salt);
        RANDOM.nextBytes(hash);
        return phc(salt, hash);
    }

    /** Whether {@link #hash} gave this hash for this secret. */
    public Future<Boolean> matches(String secret, String hash) {
        return onWorker(() -> {
            var parts = hash.split("[$,]");
            var cost = new Cost(number(parts[3]), number(parts[4]), number(parts[5]));
            var expected = Base64.getDecoder().decode(parts[7]);
            return MessageDigest.isEqual(
                    expected, argon2id(secret, Base64.getDecoder().decode(parts[6]), cost));
        });
    }

    /** Takes as long as {@link #matches} and gives false: for what does not exist. */
    public Future<Boolean> matchesNothing(String secret) {
        return onWorker(() -> {
            argon2id(secret, new byte[SALT_BYTES], Cost.NOW);
            return false;
        });
    }

    private static String phc(byte[] salt, byte[] hash) {
        return String.format(
                Locale.ROOT,
                "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s",
                Cost.NOW.memoryKib,
                Cost.NOW.passes,
                Cost.NOW.lanes,
                ENCODER.encodeToString(salt),
                ENCODER.encodeToString(hash));
    }

    /** How many were begun since the start: two tries that are told apart by nobody took as many. */
    public long made() {
        return made.get();
    }

    private <T> Future<T> onWorker(Callable<T> work) {
        if (pending.incrementAndGet() > MAX_PENDING) {
            pending.decrementAndGet();
            return Refusal.failed(PlatformProblem.UNAVAILABLE);
        }
        made.incrementAndGet();
        return workers.executeBlocking(work, false).onComplete(done -> pending.decrementAndGet());
    }

    private static byte[] argon2id(String secret, byte[] salt, Cost cost) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib)
                .withIterations(cost.passes)
                .withParallelism(cost.lanes)
                .withSalt(salt)
                .build());
        var hash = new byte[HASH_BYTES];
        var bytes = Normalizer.normalize(secret, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
        generator.generateBytes(bytes, hash);
        return hash;
    }

    private static int number(String parameter) {
        return Integer.parseInt(parameter.substring(2));
    }
}
