package io.anju.platform.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/**
 * The allowance of one address at one costly operation, exact over all instances.
 *
 * <p>Where it is used up, it is so until the window ends, whoever counts: that is remembered here, and a flood of
 * further requests never reaches the database.
 */
final class CostlyLimiter {
    private static final int MAX_REMEMBERED = 100_000;

    private final CostlyRequests requests;
    private final int perWindow;
    private final String policy;
    private final Cache<Key, Instant> usedUpUntil = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(CostlyRequests.WINDOW)
            .executor(Runnable::run)
            .build();

    CostlyLimiter(CostlyRequests requests, int perWindow) {
        this.requests = requests;
        this.perWindow = perWindow;
        this.policy = "\"costly\";q=" + perWindow + ";w=" + CostlyRequests.WINDOW.toSeconds();
    }

    private record Key(String operation, String address) {}

    Future<RateLimiter.Verdict> charge(String operation, String address, Instant now) {
        var key = new Key(operation, address);
        var until = usedUpUntil.getIfPresent(key);
        return until != null && now.isBefore(until)
                ? Future.succeededFuture(verdict(perWindow + 1, until, now))
                : requests.count(operation, address, now).map(count -> {
                    if (count.used() >= perWindow) {
                        usedUpUntil.put(key, count.windowEnd());
                    }
                    return verdict(count.used(), count.windowEnd(), now);
                });
    }

    private RateLimiter.Verdict verdict(int used, Instant windowEnd, Instant now) {
        long seconds =
                Math.max(1, Duration.between(now, windowEnd).plusMillis(999).toSeconds());
        var limit = "\"costly\";r=" + Math.max(0, perWindow - used) + ";t=" + seconds;
        return new RateLimiter.Verdict(used <= perWindow, policy, limit, seconds);
    }
}
