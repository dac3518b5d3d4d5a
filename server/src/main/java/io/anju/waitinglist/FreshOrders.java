package io.anju.waitinglist;

import io.anju.platform.db.Db;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.StandingStore.Newest;
import io.vertx.core.Future;
import java.time.Instant;

/** Orders as new as their readers need them, and the end of old ones. */
final class FreshOrders {
    /** Up to this many households a reader may wait for a fresh derivation; longer lists are derived by the job. */
    private static final int FRESH_ON_READ = 20_000;

    /** Generations are kept this long, so that a resident who looks again after a month still learns what moved. */
    private static final int KEEP_DAYS = 40;

    private final Db db;
    private final StandingStore standings;
    private final Derivation derivation;

    FreshOrders(Db db, StandingStore standings, Derivation derivation) {
        this.db = db;
        this.standings = standings;
        this.derivation = derivation;
    }

    /** The newest order of a list that holds the fact with this number, derived anew where that is quick. */
    Future<Standing> of(ListKey list, long holding, Instant now) {
        return standings
                .newest(db, list)
                .compose(Refusal::orNotFound)
                .compose(newest -> of(list, newest, holding, now));
    }

    Future<Standing> of(ListKey list, Newest newest, long holding, Instant now) {
        var standing = newest.standing();
        boolean mustDerive = standing == null || standing.version() < holding;
        boolean isCurrent = standing != null && standing.isCurrent(newest.registerVersion(), Shanghai.date(now));
        if (standing != null && !mustDerive && (isCurrent || standing.total() > FRESH_ON_READ)) {
            return Future.succeededFuture(standing);
        }
        return derivation.derive(list, now);
    }

    /** Brings the lists up to this moment that no reader waits for: the others are derived when somebody looks. */
    Future<Void> deriveLong(Instant now) {
        return standings.lists(db).compose(lists -> {
            Future<Void> done = Future.succeededFuture();
            for (var list : lists) {
                done = done.compose(before -> deriveIfLong(list, now));
            }
            return done;
        });
    }

    private Future<Void> deriveIfLong(ListKey list, Instant now) {
        return standings.newest(db, list).compose(found -> {
            var standing = found.map(Newest::standing).orElse(null);
            return standing != null && standing.total() > FRESH_ON_READ
                    ? derivation.derive(list, now).mapEmpty()
                    : Future.succeededFuture();
        });
    }

    /** Clears away the orders that are over. */
    Future<Void> prune(Instant now) {
        var today = Shanghai.date(now);
        var keepFrom = today.minusDays(KEEP_DAYS);
        return standings.over(db, keepFrom, today).compose(over -> {
            Future<Void> done = Future.succeededFuture();
            for (long one : over) {
                done = done.compose(before -> db.inTransaction(tx -> standings.clear(tx, one, keepFrom, today)));
            }
            return done;
        });
    }
}
