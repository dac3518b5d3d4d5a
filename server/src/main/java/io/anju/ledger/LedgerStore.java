package io.anju.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.json.PlainJson;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the ledger holds: reads {@code ledger.account}, {@code posting} and {@code entry}. */
final class LedgerStore {

    private static final String POSTING = """
            SELECT p.id, p.number, p.city_code AS posting_city, p.business_key, p.kind AS posting_kind, p.value_date,
                   p.posted_at, p.about::text AS about, p.reverses, a.city_code, a.kind, a.owner, e.amount_fen
              FROM ledger.posting p
              JOIN ledger.entry e ON e.posting_id = p.id
              JOIN ledger.account a ON a.id = e.account_id
            """;

    private static final String BY_ID = POSTING + """
             WHERE p.id = $1
             ORDER BY a.id
            """;

    private static final String BY_KEY = POSTING + """
             WHERE p.business_key = $1
             ORDER BY a.id
            """;

    private static final String BALANCE = """
            SELECT balance_fen
              FROM ledger.account
             WHERE city_code = $1 AND kind = $2 AND owner = $3
            """;

    private static final String LOCK_BALANCE = BALANCE + """
               FOR NO KEY UPDATE
            """;

    private static final String BALANCE_AT = """
            SELECT e.balance_fen
              FROM ledger.account a
              JOIN ledger.entry e ON e.account_id = a.id
             WHERE a.city_code = $1 AND a.kind = $2 AND a.owner = $3 AND e.posted_at <= $4
             ORDER BY e.posted_at DESC, e.version DESC
             LIMIT 1
            """;

    private static final String ENTRIES = """
            SELECT a.city_code, a.kind, a.owner, e.version, e.amount_fen, e.balance_fen, p.id, p.number, p.business_key,
                   p.kind AS posting_kind, p.value_date, p.posted_at, p.about::text AS about
              FROM ledger.account a
              JOIN ledger.entry e ON e.account_id = a.id
              JOIN ledger.posting p ON p.id = e.posting_id
             WHERE a.city_code = $1 AND a.kind = $2 AND a.owner = $3
               AND ($4::bigint IS NULL OR e.version < $4)
             ORDER BY e.version DESC
             LIMIT $5
            """;

    private static final String TRIAL_BALANCE = """
            SELECT kind, count(*) AS accounts,
                   coalesce(sum(balance_fen) FILTER (WHERE balance_fen > 0), 0)::bigint AS debit_fen,
                   coalesce(-sum(balance_fen) FILTER (WHERE balance_fen < 0), 0)::bigint AS credit_fen
              FROM ledger.account
             WHERE city_code = $1
             GROUP BY kind
             ORDER BY kind
            """;

    private static final String TRIAL_BALANCE_AT = """
            SELECT a.kind, count(*) AS accounts,
                   coalesce(sum(e.balance_fen) FILTER (WHERE e.balance_fen > 0), 0)::bigint AS debit_fen,
                   coalesce(-sum(e.balance_fen) FILTER (WHERE e.balance_fen < 0), 0)::bigint AS credit_fen
              FROM ledger.account a
             CROSS JOIN LATERAL (
                   SELECT balance_fen
                     FROM ledger.entry
                    WHERE account_id = a.id AND posted_at <= $2
                    ORDER BY posted_at DESC, version DESC
                    LIMIT 1) e
             WHERE a.city_code = $1
             GROUP BY a.kind
             ORDER BY a.kind
            """;

    Future<Posting> get(Sql sql, UUID postingId) {
        return sql.list(BY_ID, row -> row, postingId).map(rows -> posting(rows).orElseThrow());
    }

    Future<Posting> get(Sql sql, String businessKey) {
        return find(sql, businessKey).map(found -> found.orElseThrow());
    }

    Future<Optional<Posting>> find(Sql sql, String businessKey) {
        return sql.list(BY_KEY, row -> row, businessKey).map(LedgerStore::posting);
    }

    private static final String AMOUNTS = """
            SELECT p.business_key, sum(e.amount_fen)::bigint AS fen
              FROM ledger.posting p
              JOIN ledger.entry e ON e.posting_id = p.id
              JOIN ledger.account a ON a.id = e.account_id
             WHERE p.business_key = ANY($3) AND a.kind = $1 AND a.owner = $2
             GROUP BY p.business_key
            """;

    Future<Map<String, Long>> amounts(Sql sql, AccountKind kind, String owner, List<String> businessKeys) {
        return sql.run(AMOUNTS, kind.id(), owner, businessKeys.toArray(String[]::new))
                .map(rows -> {
                    var amounts = new HashMap<String, Long>();
                    rows.forEach(row -> amounts.put(row.getString("business_key"), row.getLong("fen")));
                    return amounts;
                });
    }

    Future<Long> balance(Sql sql, AccountKey key) {
        return sql.find(
                        BALANCE,
                        LedgerStore::balanceFen,
                        key.cityCode(),
                        key.kind().id(),
                        key.owner())
                .map(found -> found.orElse(0L));
    }

    Future<Long> lockBalance(Tx tx, AccountKey key) {
        return tx.find(
                        LOCK_BALANCE,
                        LedgerStore::balanceFen,
                        key.cityCode(),
                        key.kind().id(),
                        key.owner())
                .map(found -> found.orElse(0L));
    }

    Future<Long> balanceAt(Sql sql, AccountKey key, Instant at) {
        return sql.find(
                        BALANCE_AT,
                        LedgerStore::balanceFen,
                        key.cityCode(),
                        key.kind().id(),
                        key.owner(),
                        Columns.at(at))
                .map(found -> found.orElse(0L));
    }

    Future<List<AccountEntry>> entries(Sql sql, AccountKey key, @Nullable Long beforeVersion, int limit) {
        return sql.list(
                ENTRIES, LedgerStore::accountEntry, key.cityCode(), key.kind().id(), key.owner(), beforeVersion, limit);
    }

    Future<List<TrialBalance.Line>> trialBalance(Sql sql, String cityCode, @Nullable Instant at) {
        return at == null
                ? sql.list(TRIAL_BALANCE, LedgerStore::trialLine, cityCode)
                : sql.list(TRIAL_BALANCE_AT, LedgerStore::trialLine, cityCode, Columns.at(at));
    }

    private static long balanceFen(Row row) {
        return row.getLong("balance_fen");
    }

    private static TrialBalance.Line trialLine(Row row) {
        return new TrialBalance.Line(
                AccountKind.of(row.getString("kind")),
                row.getLong("accounts"),
                row.getLong("debit_fen"),
                row.getLong("credit_fen"));
    }

    private static Optional<Posting> posting(List<Row> rows) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var first = rows.get(0);
        return Optional.of(new Posting(
                first.getUUID("id"),
                first.getLong("number"),
                first.getString("posting_city"),
                first.getString("business_key"),
                PostingKind.of(first.getString("posting_kind")),
                first.getLocalDate("value_date"),
                Columns.instant(first, "posted_at"),
                json(first),
                rows.stream()
                        .map(row -> new Entry(account(row), row.getLong("amount_fen")))
                        .toList(),
                first.getUUID("reverses")));
    }

    private static AccountEntry accountEntry(Row row) {
        return new AccountEntry(
                account(row),
                row.getLong("version"),
                row.getLong("amount_fen"),
                balanceFen(row),
                row.getUUID("id"),
                row.getLong("number"),
                row.getString("business_key"),
                PostingKind.of(row.getString("posting_kind")),
                row.getLocalDate("value_date"),
                Columns.instant(row, "posted_at"),
                json(row));
    }

    static AccountKey account(Row row) {
        return new AccountKey(
                row.getString("city_code"), AccountKind.of(row.getString("kind")), row.getString("owner"));
    }

    private static ObjectNode json(Row row) {
        return (ObjectNode) PlainJson.tree(row.getString("about"));
    }
}
