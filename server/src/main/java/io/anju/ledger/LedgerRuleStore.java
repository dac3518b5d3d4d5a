package io.anju.ledger;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;

/** What the ledger must keep to, asked of every row there is. */
final class LedgerRuleStore {
    private static final String BALANCED = """
            SELECT posting_id::text AS subject
              FROM ledger.entry
             GROUP BY posting_id
            HAVING sum(amount_fen) <> 0 OR count(*) < 2
             UNION ALL
            SELECT id::text
              FROM ledger.posting p
             WHERE NOT EXISTS (SELECT FROM ledger.entry e WHERE e.posting_id = p.id)
            """;

    private static final String SUMMED = """
            SELECT a.id::text AS subject
              FROM ledger.account a
              LEFT JOIN (SELECT account_id, sum(amount_fen) AS fen FROM ledger.entry GROUP BY account_id) e
                ON e.account_id = a.id
             WHERE a.balance_fen <> coalesce(e.fen, 0)
            """;

    private static final String WITHOUT_GAP = """
            SELECT a.id::text AS subject
              FROM ledger.account a
              LEFT JOIN (SELECT account_id, count(*) AS entries, min(version) AS first, max(version) AS last
                           FROM ledger.entry
                          GROUP BY account_id) e ON e.account_id = a.id
             WHERE a.version <> coalesce(e.entries, 0) OR a.version <> coalesce(e.last, 0) OR e.first > 1
             UNION ALL
            SELECT account_id || '/' || version
              FROM (SELECT account_id, version, amount_fen, balance_fen, posted_at,
                           coalesce(lag(balance_fen) OVER by_account, 0) AS before_fen,
                           lag(posted_at) OVER by_account AS before_at
                      FROM ledger.entry
                    WINDOW by_account AS (PARTITION BY account_id ORDER BY version)) e
             WHERE balance_fen <> before_fen + amount_fen OR posted_at < before_at
            """;

    private static final String WITHIN_LIMITS = """
            SELECT e.account_id || '/' || e.version AS subject
              FROM ledger.entry e
              JOIN ledger.account a ON a.id = e.account_id
              JOIN ledger.account_kind k USING (kind)
             WHERE e.balance_fen < k.least_fen OR e.balance_fen > k.most_fen
            """;

    private static final String ONCE = """
            SELECT business_key AS subject
              FROM ledger.posting
             GROUP BY business_key
            HAVING count(*) > 1
            """;

    private static final String REVERSED_ONCE = """
            SELECT reverses::text AS subject
              FROM ledger.posting
             WHERE reverses IS NOT NULL
             GROUP BY reverses
            HAVING count(*) > 1
            """;

    private static final String NEVER_CHANGED = """
            SELECT posted || ' ' || privilege AS subject
              FROM unnest('{ledger.posting,ledger.entry}'::text[]) posted
             CROSS JOIN unnest('{UPDATE,DELETE,TRUNCATE}'::text[]) privilege
             WHERE has_table_privilege('anju_app', posted, privilege)
                OR privilege = 'UPDATE' AND has_any_column_privilege('anju_app', posted, privilege)
            """;

    private static final String OF_ONE_CITY = """
            SELECT e.account_id || '/' || e.version AS subject
              FROM ledger.entry e
              LEFT JOIN ledger.account a ON a.id = e.account_id
              LEFT JOIN ledger.posting p ON p.id = e.posting_id
             WHERE p.city_code IS DISTINCT FROM a.city_code OR p.posted_at IS DISTINCT FROM e.posted_at
            """;

    private static final String WHOLE_FEN = """
            SELECT table_schema || '.' || table_name || '.' || column_name AS subject
              FROM information_schema.columns
             WHERE column_name LIKE '%\\_fen' AND data_type <> 'bigint' AND table_schema <> 'information_schema'
            """;

    static final List<LedgerRule> RULES = List.of(
            new LedgerRule("I1", "The entries of every posting come to nothing.", BALANCED),
            new LedgerRule("I2", "Every account holds what its entries come to.", SUMMED),
            new LedgerRule(
                    "I3", "The versions of an account have no gap, and each follows the one before.", WITHOUT_GAP),
            new LedgerRule("I4", "No account ever was outside the limits of its kind.", WITHIN_LIMITS),
            new LedgerRule("I5", "A business key has at most one posting.", ONCE),
            new LedgerRule("I6", "A posting is reversed at most once.", REVERSED_ONCE),
            new LedgerRule("I7", "The application cannot change or delete what is posted.", NEVER_CHANGED),
            new LedgerRule("I9", "No posting moves money between cities.", OF_ONE_CITY),
            new LedgerRule("I12", "Every amount is a whole number of fen.", WHOLE_FEN));

    private LedgerRuleStore() {}

    static Future<LedgerReport.Line> count(Sql sql, LedgerRule rule) {
        return sql.find(
                        rule.countSql(),
                        row -> new LedgerReport.Line(rule, row.getLong("faults"), row.getString("first")))
                .map(found -> found.orElseThrow());
    }
}
