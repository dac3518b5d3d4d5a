package io.anju.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.anju.platform.db.Db;
import io.anju.platform.problem.Cause;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions that ended while access tokens of them may still be good.
 *
 * <p>The instance that ends a session knows at once. The others ask the database every second, and are told by NOTIFY,
 * which is only a hint and may be lost. The question reaches back over everything that may have been committed since
 * the last answer, by the database's own clock.
 */
final class EndedSessions {
    private static final Logger LOG = LoggerFactory.getLogger(EndedSessions.class);
    private static final long PERIOD_MILLIS = 1_000;
    /** Longer than any transaction may stay open after it wrote the end. */
    private static final double OVERLAP_SECONDS = 60;

    private final Cache<UUID, Boolean> ended = Caffeine.newBuilder()
            .expireAfterWrite(AccessTokens.LIFETIME.plus(Duration.ofMinutes(5)))
            .build();
    private final Db db;
    private final SessionStore store = new SessionStore();
    private volatile boolean stopped;
    private volatile long answeredAtNanos = System.nanoTime();

    EndedSessions(Db db) {
        this.db = db;
    }

    boolean contains(UUID sessionId) {
        return ended.getIfPresent(sessionId) != null;
    }

    void add(UUID sessionId) {
        ended.put(sessionId, true);
    }

    /** Listens, and asks now and then every second, until it is stopped. */
    void follow(Vertx vertx) {
        db.listen(SessionStore.ENDED_CHANNEL, id -> add(UUID.fromString(id)));
        ask(vertx);
    }

    void stop() {
        stopped = true;
    }

    /** Asks the database what has ended since it last answered. */
    Future<Void> look() {
        var asked = System.nanoTime();
        var reachSeconds = (asked - answeredAtNanos) / 1e9 + OVERLAP_SECONDS;
        return store.justEnded(db, reachSeconds)
                .onSuccess(ids -> {
                    ids.forEach(this::add);
                    answeredAtNanos = asked;
                })
                .onFailure(e -> LOG.warn("cannot look for ended sessions: {}", Cause.of(e)))
                .mapEmpty();
    }

    private void ask(Vertx vertx) {
        if (!stopped) {
            look().onComplete(done -> vertx.setTimer(PERIOD_MILLIS, again -> ask(vertx)));
        }
    }
}
