package io.anju.arrears;

import io.anju.ledger.LedgerRule;
import java.util.List;

/** What must hold about late fees, asked of every row there is. */
final class ArrearsRuleStore {
    private static final String BILLED_AS_ACCRUED = """
            SELECT bill_id::text AS subject
              FROM (SELECT bill_id, accrued_fen, sum(charged_fen) OVER (PARTITION BY bill_id ORDER BY through) AS charged_fen
                      FROM arrears.late_fee) fee
             WHERE accrued_fen <> charged_fen
             UNION ALL
            SELECT b.bill_id::text
              FROM rent.bill b
              LEFT JOIN arrears.late_fee f ON f.fee_bill_id = b.bill_id
             WHERE b.charge = 'late-fee' AND f.charged_fen IS DISTINCT FROM b.amount_fen
             UNION ALL
            SELECT f.fee_bill_id::text
              FROM arrears.late_fee f
              LEFT JOIN rent.bill b ON b.bill_id = f.fee_bill_id AND b.charge = 'late-fee'
             WHERE f.fee_bill_id IS NOT NULL AND b.bill_id IS NULL
            """;

    private static final String WITHIN_CAP = """
            SELECT bill_id::text AS subject
              FROM arrears.late_fee
             WHERE accrued_fen > cap_fen
            """;

    private static final String INCOME = """
            SELECT coalesce(a.owner, fee.provider) AS subject
              FROM (SELECT city_code, owner, balance_fen FROM ledger.account WHERE kind = 'late_fee_income') a
              FULL JOIN (SELECT b.city_code, c.provider, sum(b.amount_fen - b.credited_fen) AS fen
                           FROM rent.bill b
                           JOIN rent.account c USING (lease_id)
                          WHERE b.charge = 'late-fee'
                          GROUP BY b.city_code, c.provider) fee
                     ON fee.city_code = a.city_code AND fee.provider = a.owner
             WHERE coalesce(fee.fen, 0) <> -coalesce(a.balance_fen, 0)
            """;

    static final List<LedgerRule> RULES = List.of(
            new LedgerRule("I20", "The late fees billed for a bill come to what its rule gives.", BILLED_AS_ACCRUED),
            new LedgerRule("I21", "No late fee goes beyond the cap of its rules.", WITHIN_CAP),
            new LedgerRule(
                    "I22", "Income of late fees is what was billed less what was waived or taken back.", INCOME));

    private ArrearsRuleStore() {}
}
