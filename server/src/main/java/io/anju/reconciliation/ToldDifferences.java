package io.anju.reconciliation;

import io.anju.payment.Difference;
import io.anju.payment.Differences;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.micrometer.core.instrument.Metrics;
import io.vertx.core.Future;
import java.time.Instant;

/**
 * Differences that no comparison found: the channel told them in a notice or an answer. They stand on the same list, and
 * no comparison closes them. They are never booked: if money has to move, the bill lists it, and the comparison's own
 * item is what gets booked.
 */
public final class ToldDifferences implements Differences {
    private static final String RAISE = """
            WITH told AS (
                INSERT INTO reconciliation.item
                       (item_id, channel, bill_date, kind, subject, city_code, ours, theirs, difference_fen, found_at)
                VALUES (uuidv7(), $1, $2, $3, $4, $5, $6, $7, 0, $8)
                    ON CONFLICT (channel, kind, subject) WHERE found_by IS NULL DO NOTHING
                RETURNING item_id
            )
            INSERT INTO reconciliation.item_event (item_id, at, action)
            SELECT item_id, $8, 'found'
              FROM told
            """;

    @Override
    public Future<Void> raise(Tx tx, Difference difference, Instant now) {
        return tx.execute(
                        RAISE,
                        difference.channel(),
                        Shanghai.date(now),
                        difference.kind().id(),
                        difference.subject(),
                        difference.cityCode(),
                        difference.ours(),
                        difference.theirs(),
                        Columns.at(now))
                .onSuccess(raised -> {
                    if (raised > 0) {
                        Metrics.counter(
                                        "anju.reconciliation.items.told",
                                        "channel",
                                        difference.channel(),
                                        "kind",
                                        difference.kind().id())
                                .increment();
                    }
                })
                .mapEmpty();
    }
}
