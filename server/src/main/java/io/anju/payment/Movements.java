package io.anju.payment;

import io.anju.payment.Movement.Kind;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What moved through channels, in pages, for whoever compares it with the channels' own lists. */
public final class Movements {
    private final MovementStore store = new MovementStore();

    /** What moved from one instant up to another, in the order of the numbers, after one of them (or {@code ""}). */
    public Future<List<Movement>> between(
            Sql sql, String channel, Kind kind, Instant from, Instant to, String after, int limit) {
        return store.between(sql, channel, kind, from, to, after, limit);
    }

    /** When the first order of a channel was made; none for a channel that nobody has used. */
    public Future<Optional<Instant>> firstUse(Sql sql, String channel) {
        return store.firstUse(sql, channel);
    }

    /** Those with these numbers, whether their money moved or not; unknown numbers are left out. */
    public Future<List<Movement>> named(Sql sql, String channel, Kind kind, List<String> numbers) {
        return store.named(sql, channel, kind, numbers);
    }
}
