package io.anju.payment;

import io.anju.ledger.LedgerRule;
import java.util.List;

/** What payments must keep to with the ledger, asked of every row there is. */
final class PaymentRuleStore {
    private static final String REFUNDS_WITHIN = """
            SELECT p.out_trade_no AS subject
              FROM payment.payment p
              LEFT JOIN (SELECT payment_id, count(*) AS refunds,
                                sum(amount_fen) FILTER (WHERE state NOT IN ('rejected', 'failed')) AS reserved_fen,
                                sum(amount_fen) FILTER (WHERE state = 'succeeded') AS refunded_fen
                           FROM payment.refund
                          GROUP BY payment_id) r ON r.payment_id = p.id
             WHERE coalesce(r.reserved_fen, 0) > p.amount_fen
                OR coalesce(r.reserved_fen, 0) <> p.reserved_fen
                OR coalesce(r.refunded_fen, 0) <> p.refunded_fen
            """;

    private static final String PAID_IS_POSTED = """
            SELECT p.out_trade_no AS subject
              FROM payment.payment p
              LEFT JOIN ledger.posting l ON l.business_key = 'payment:' || p.out_trade_no
              LEFT JOIN LATERAL (
                    SELECT e.amount_fen
                      FROM ledger.entry e
                      JOIN ledger.account a ON a.id = e.account_id
                     WHERE e.posting_id = l.id AND a.kind = 'clearing' AND a.owner = p.channel
                       AND a.city_code = p.city_code) e ON true
             WHERE (p.state IN ('paid', 'paid_late')) <> (l.id IS NOT NULL)
                OR l.id IS NOT NULL AND e.amount_fen IS DISTINCT FROM p.amount_fen
             UNION ALL
            SELECT l.business_key
              FROM ledger.posting l
             WHERE l.kind IN ('payment', 'late_payment')
               AND NOT EXISTS (SELECT
                                 FROM payment.payment p
                                WHERE l.business_key = 'payment:' || p.out_trade_no)
            """;

    private static final String REFUND_IS_POSTED = """
            SELECT r.out_refund_no AS subject
              FROM payment.refund r
              JOIN payment.payment p ON p.id = r.payment_id
              LEFT JOIN ledger.posting l ON l.business_key = 'refund:' || r.out_refund_no
              LEFT JOIN LATERAL (
                    SELECT e.amount_fen
                      FROM ledger.entry e
                      JOIN ledger.account a ON a.id = e.account_id
                     WHERE e.posting_id = l.id AND a.kind = 'clearing' AND a.owner = p.channel
                       AND a.city_code = p.city_code) e ON true
             WHERE (r.state = 'succeeded') <> (l.id IS NOT NULL)
                OR l.id IS NOT NULL AND e.amount_fen IS DISTINCT FROM -r.amount_fen
             UNION ALL
            SELECT l.business_key
              FROM ledger.posting l
             WHERE l.kind = 'refund'
               AND NOT EXISTS (SELECT
                                 FROM payment.refund r
                                WHERE l.business_key = 'refund:' || r.out_refund_no)
            """;

    private static final String OPEN_ORDERS_HOLD_BILLS = """
            SELECT p.out_trade_no AS subject
              FROM payment.payment p
              LEFT JOIN (SELECT payment_id, count(*) AS bills FROM payment.open_bill GROUP BY payment_id) b
                ON b.payment_id = p.id
             WHERE coalesce(b.bills, 0) <> CASE WHEN p.state IN ('created', 'open', 'closing')
                                                THEN cardinality(p.bill_ids)
                                                ELSE 0
                                           END
            """;

    private static final String AGREED_BY_ENOUGH = """
            SELECT r.out_refund_no AS subject
              FROM payment.refund r
             WHERE r.state NOT IN ('requested', 'rejected')
               AND r.approvals_needed > (SELECT count(*) FROM payment.refund_approval a WHERE a.refund_id = r.id)
            """;

    static final List<LedgerRule> RULES = List.of(
            new LedgerRule("I8", "Refunds never come to more than their payment.", REFUNDS_WITHIN),
            new LedgerRule("I10", "Every paid order has exactly one posting, of its amount.", PAID_IS_POSTED),
            new LedgerRule(
                    "I10r", "Every refund that was made has exactly one posting, of its amount.", REFUND_IS_POSTED),
            new LedgerRule("P1", "Exactly the orders that wait hold their bills.", OPEN_ORDERS_HOLD_BILLS),
            new LedgerRule("P2", "No refund went out with fewer approvals than it needs.", AGREED_BY_ENOUGH));

    private PaymentRuleStore() {}
}
