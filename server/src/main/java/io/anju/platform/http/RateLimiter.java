package io.anju.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Allowances per minute: one for each session (for each partner, whatever its sessions), one for each address without a session.
 *
 * <p>Kept in this process: with several instances behind a balancer a client gets its allowance from each, which
 * still bounds what it can do to any of them. A caller with a valid token never pays for others behind its address;
 * an address that keeps sending bad tokens is refused before its next one is even looked at.
 */
final class RateLimiter {
    private static final int MAX_BUCKETS = 100_000;
    private static final int WINDOW_SECONDS = 60;

    private final Budget callers;
    private final Budget addresses;

    RateLimiter(int callerRequestsPerMinute, int addressRequestsPerMinute) {
        this.callers = new Budget("caller", callerRequestsPerMinute);
        this.addresses = new Budget("address", addressRequestsPerMinute);
    }

    /**
     * How a request stands with its allowance.
     *
     * @param policy value of {@code RateLimit-Policy}
     * @param limit value of {@code RateLimit}
     */
    record Verdict(boolean allowed, String policy, String limit, long retryAfterSeconds) {
        /** Both of them, where two allowances were charged. */
        Verdict and(Verdict other) {
            return new Verdict(
                    allowed && other.allowed,
                    policy + ", " + other.policy,
                    limit + ", " + other.limit,
                    Math.max(retryAfterSeconds, other.retryAfterSeconds));
        }
    }

    Verdict chargeCaller(UUID session) {
        return chargeCaller(session, OptionalInt.empty());
    }

    /** As {@link #chargeCaller(UUID)}, with an allowance of its own where one was agreed. */
    Verdict chargeCaller(UUID session, OptionalInt agreed) {
        return agreed.isEmpty()
                ? callers.charge(session)
                : callers.charge(new Agreed(session, agreed.getAsInt()), agreed.getAsInt());
    }

    /** Another agreement begins with another bucket. */
    private record Agreed(UUID caller, int perMinute) {}

    Verdict chargeAddress(String address) {
        return addresses.charge(key(address));
    }

    /** Whether the address has used up its allowance; takes nothing from it. */
    boolean isExhausted(String address) {
        return addresses.mayBeEmpty() && addresses.isExhausted(key(address));
    }

    /** One subscriber of IPv6 has a whole /64. */
    private static String key(String address) {
        int colons = 0;
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) == ':' && ++colons == 4) {
                return address.substring(0, i);
            }
        }
        return address;
    }

    private static final class Budget {
        private final String name;
        private final int perWindow;
        private final String policy;
        /** Until then some bucket may be empty; nothing is looked up while none is. */
        private volatile long emptyUntilNanos = System.nanoTime();

        private final Cache<Object, Bucket> buckets = Caffeine.newBuilder()
                .maximumSize(MAX_BUCKETS)
                // the upkeep is short; handing it to another thread costs each request more than doing it
                .executor(Runnable::run)
                .expireAfterAccess(Duration.ofSeconds(2 * WINDOW_SECONDS))
                .build();

        Budget(String name, int perWindow) {
            this.name = name;
            this.perWindow = perWindow;
            this.policy = policy(perWindow);
        }

        Verdict charge(Object key) {
            return charge(key, perWindow, policy);
        }

        Verdict charge(Object key, int agreed) {
            return charge(key, agreed, policy(agreed));
        }

        private String policy(int allowed) {
            return '"' + name + "\";q=" + allowed + ";w=" + WINDOW_SECONDS;
        }

        private Verdict charge(Object key, int allowed, String policy) {
            ConsumptionProbe probe = bucket(key, allowed).tryConsumeAndReturnRemaining(1);
            if (probe.getRemainingTokens() == 0) {
                emptyUntilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(WINDOW_SECONDS);
            }
            long resetSeconds = seconds(probe.getNanosToWaitForReset());
            var limit = '"' + name + "\";r=" + probe.getRemainingTokens() + ";t=" + resetSeconds;
            return new Verdict(probe.isConsumed(), policy, limit, seconds(probe.getNanosToWaitForRefill()));
        }

        boolean mayBeEmpty() {
            return System.nanoTime() - emptyUntilNanos <= 0;
        }

        boolean isExhausted(Object key) {
            var bucket = buckets.getIfPresent(key);
            return bucket != null && bucket.getAvailableTokens() == 0;
        }

        private Bucket bucket(Object key, int allowed) {
            return buckets.get(
                    key,
                    absent -> Bucket.builder()
                            .addLimit(limit ->
                                    limit.capacity(allowed).refillGreedy(allowed, Duration.ofSeconds(WINDOW_SECONDS)))
                            .build());
        }

        /** Rounded up: a client that waits this long is not early. */
        private static long seconds(long nanos) {
            return nanos <= 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(nanos - 1) + 1;
        }
    }
}
