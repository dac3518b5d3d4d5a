package io.anju.reconciliation;

import io.anju.ledger.LedgerRule;
import java.util.List;

/** What reconciliation must keep to with payments, asked of every row there is. */
final class ReconciliationRuleStore {
    private static final String LATE_IS_NAMED = """
            SELECT p.out_trade_no AS subject
              FROM payment.payment p
             WHERE p.state = 'paid_late'
               AND NOT EXISTS (SELECT
                                 FROM reconciliation.item i
                                WHERE i.channel = p.channel AND i.kind = 'paid-after-close' AND i.subject = p.out_trade_no
                                  AND i.found_by IS NULL)
            """;

    static final List<LedgerRule> RULES =
            List.of(new LedgerRule("I10l", "Money that came too late is a named item.", LATE_IS_NAMED));

    private ReconciliationRuleStore() {}
}
