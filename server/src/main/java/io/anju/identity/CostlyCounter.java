package io.anju.identity;

import io.anju.platform.db.Db;
import io.anju.platform.http.CostlyRequests;
import io.vertx.core.Future;
import java.time.Instant;

/** Counts costly requests in the database; an address is stored as a keyed fingerprint only. */
final class CostlyCounter implements CostlyRequests {
    private final Db db;
    private final Limits limits;
    private final LimitStore store = new LimitStore();

    CostlyCounter(Db db, Limits limits) {
        this.db = db;
        this.limits = limits;
    }

    @Override
    public Future<Count> count(String operation, String address, Instant now) {
        long seconds = WINDOW.toSeconds();
        var start = Instant.ofEpochSecond(Math.floorDiv(now.getEpochSecond(), seconds) * seconds);
        var end = start.plus(WINDOW);
        return store.count(db, "costly:" + operation, limits.address(address), start, end)
                .map(used -> new Count(used, end));
    }
}
