package io.anju.reconciliation;

import io.anju.platform.db.Tx;
import io.anju.reconciliation.CompareStore.Terms;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What a compared bill pays out, while its lines and what we hold stand side by side. */
final class SettlementStore {
    /**
     * What one city gets of a day.
     *
     * @param amountFen payments less refunds, as the channel lists them
     * @param feeFen what the channel keeps of it
     * @param feeBookedFen what was booked between fees and clearing already, because the fee was another
     */
    record Paid(String cityCode, long amountFen, long feeFen, long feeBookedFen) {
        Paid plus(Paid other) {
            return new Paid(
                    cityCode, amountFen + other.amountFen, feeFen + other.feeFen, feeBookedFen + other.feeBookedFen);
        }
    }

    /** A refund that was on its way when the bill was made counts when it has come through. */
    private static final String PAID = CompareStore.PAIRS + """
            , item AS (
                SELECT d.thing, d.of_subject, bool_or(i.state <> 'resolved') AS waits,
                       sum(i.difference_fen) FILTER (WHERE i.kind = 'fee-differs' AND i.posting_id IS NOT NULL) AS fee_fen
                  FROM difference d
                  JOIN reconciliation.run r ON r.run_id = $1
                  JOIN reconciliation.item i
                    ON i.channel = r.channel AND i.bill_date = r.bill_date AND i.kind = d.name AND i.subject = d.subject
                 GROUP BY d.thing, d.of_subject)
            SELECT p.city_code, sum(p.sign * p.their_fen)::bigint AS amount_fen, sum(p.fee_fen)::bigint AS fee_fen,
                   coalesce(sum(i.fee_fen), 0)::bigint AS booked_fen
              FROM pair p
              LEFT JOIN item i ON i.thing = p.kind AND i.of_subject = p.subject
             WHERE p.held AND p.listed AND NOT p.foreign_line AND i.waits IS NOT TRUE
               AND (p.kind = 'payment' OR p.refund_state = 'SUCCESS' OR p.done_at IS NOT NULL)
             GROUP BY p.city_code
            """;

    Future<List<Paid>> paid(Tx tx, Terms terms) {
        return tx.list(
                PAID,
                row -> new Paid(
                        row.getString("city_code"),
                        row.getLong("amount_fen"),
                        row.getLong("fee_fen"),
                        row.getLong("booked_fen")),
                CompareStore.arguments(terms));
    }

    /** A line that stands for nothing of ours, and was booked. */
    record Extra(UUID itemId, long amountFen, long feeFen) {}

    private static final String EXTRAS = CompareStore.PAIRS + """
            SELECT i.item_id, i.difference_fen, coalesce(l.fee_fen, 0)::bigint AS fee_fen
              FROM difference d
              JOIN reconciliation.run r ON r.run_id = $1
              JOIN reconciliation.item i
                ON i.channel = r.channel AND i.bill_date = r.bill_date AND i.kind = d.name AND i.subject = d.subject
              LEFT JOIN line l
                ON l.kind = d.thing AND l.subject = d.of_subject
               AND (d.name <> 'charged-twice' OR l.channel_number = d.subject) AND (d.name = 'charged-twice' OR l.nth = 1)
             WHERE i.posting_id IS NOT NULL
               AND d.name IN ('payment-missing-here', 'refund-missing-here', 'charged-twice')
            """;

    Future<List<Extra>> extras(Tx tx, Terms terms) {
        return tx.list(
                EXTRAS,
                row -> new Extra(row.getUUID("item_id"), row.getLong("difference_fen"), row.getLong("fee_fen")),
                CompareStore.arguments(terms));
    }
}
