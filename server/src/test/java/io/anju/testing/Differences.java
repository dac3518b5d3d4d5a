package io.anju.testing;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.UUID;

/** A difference as a comparison would leave it, for tests that need one to be there and not how it comes about. */
public final class Differences {
    private static final String RUN = """
            INSERT INTO reconciliation.run
                   (run_id, channel, bill_date, number, requested_at, state, stage, finished_at, line_count, value_fen,
                    verified_fen, found)
            VALUES ($1, 'test', $2, 1, $3, 'done', 'compare', $3, 0, 5600, 0, 1)
            """;

    private static final String ITEM = """
            INSERT INTO reconciliation.item
                   (item_id, channel, bill_date, kind, subject, city_code, ours, difference_fen, found_at, found_by,
                    seen_by)
            VALUES ($1, 'test', $2, 'payment-missing-there', 'TEST0001', $3, '5600 fen', -5600, $5, $4, $4)
            """;

    private Differences() {}

    /** A payment of this city that the bill of a day long ago did not list; gives the item's id. */
    public static UUID paymentMissingThere(Anju anju, String cityCode) {
        var run = UUID.randomUUID();
        var item = UUID.randomUUID();
        var day = LocalDate.of(2025, 12, 31);
        var now = Columns.at(anju.clock().instant());
        Anju.await(anju.db()
                .inTransaction((Tx tx) -> tx.execute(RUN, run, day, now)
                        .compose(done -> tx.execute(ITEM, item, day, cityCode, run, now))
                        .compose(done -> Future.succeededFuture())));
        return item;
    }
}
