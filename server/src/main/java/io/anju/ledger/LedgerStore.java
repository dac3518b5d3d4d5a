package io.anju.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of {@code ledger.account}, {@code posting} and {@code entry}. */
final class LedgerStore {
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        SqlErrors.constraint("ledger_account_limit", LedgerProblem.ACCOUNT_LIMIT);
        SqlErrors.constraint("posting_reversed_once", LedgerProblem.ALREADY_REVERSED);
    }

    private record Locked(AccountKey key, long id, Optional<Instant> postedAt) {}

    private static final String LOCK = """
            SELECT a.id, a.city_code, a.kind, a.owner, a.posted_at
              FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (city_code, kind, owner)
              JOIN ledger.account a USING (city_code, kind, owner)
             ORDER BY a.id
               FOR NO KEY UPDATE OF a
            """;

    private static final String OPEN = """
            INSERT INTO ledger.account (city_code, kind, owner)
            SELECT city_code, kind, owner
              FROM unnest($1::text[], $2::text[], $3::text[]) AS wanted (city_code, kind, owner)
             ORDER BY city_code, kind, owner
            ON CONFLICT ON CONSTRAINT account_once DO NOTHING
            """;

    /**
     * The accounts are locked, so what this statement reads of them is the newest. A key that is taken adds nothing; the
     * windows give each entry the version and balance that it leads to.
     */
    private static final String POST = """
            WITH made AS (
                INSERT INTO ledger.posting
                       (city_code, business_key, kind, value_date, posted_at, about, digest, reverses)
                SELECT $1, business_key, kind, value_date, $2, about::jsonb, digest, reverses
                  FROM unnest($3::text[], $4::text[], $5::date[], $6::text[], $7::bytea[], $8::uuid[])
                       AS asked (business_key, kind, value_date, about, digest, reverses)
                ON CONFLICT ON CONSTRAINT posting_once_per_business_key DO NOTHING
                RETURNING id, business_key),
            line AS (
                SELECT made.id AS posting_id, a.id AS account_id, e.amount_fen,
                       a.version + row_number() OVER so_far AS version,
                       (a.balance_fen + sum(e.amount_fen) OVER so_far)::bigint AS balance_fen
                  FROM unnest($9::text[], $10::bigint[], $11::bigint[]) WITH ORDINALITY
                       AS e (business_key, account_id, amount_fen, place)
                  JOIN made USING (business_key)
                  JOIN ledger.account a ON a.id = e.account_id
                WINDOW so_far AS (PARTITION BY a.id ORDER BY e.place ROWS UNBOUNDED PRECEDING)),
            entered AS (
                INSERT INTO ledger.entry (account_id, version, posting_id, amount_fen, balance_fen, posted_at)
                SELECT account_id, version, posting_id, amount_fen, balance_fen, $2
                  FROM line),
            moved AS (
                UPDATE ledger.account a
                   SET version = last.version, balance_fen = last.balance_fen, posted_at = $2
                  FROM (SELECT DISTINCT ON (account_id) account_id, version, balance_fen
                          FROM line
                         ORDER BY account_id, version DESC) last
                 WHERE a.id = last.account_id)
            SELECT count(*) AS made FROM made
            """;

    private static final String DIFFERENT = """
            SELECT business_key
              FROM ledger.posting
              JOIN unnest($1::text[], $2::bytea[]) AS asked (business_key, asked_digest) USING (business_key)
             WHERE digest <> asked_digest
             LIMIT 1
            """;

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

    /** Adds the postings whose keys are free, and fails where a taken key stands for other entries. */
    Future<Integer> insert(Tx tx, List<NewPosting> postings, Instant now) {
        var keys = new LinkedHashSet<AccountKey>();
        postings.forEach(posting -> posting.entries().forEach(entry -> keys.add(entry.account())));
        return lock(tx, List.copyOf(keys)).compose(locked -> add(tx, postings, locked, now));
    }

    private Future<List<Locked>> lock(Tx tx, List<AccountKey> keys) {
        return lockThere(tx, keys)
                .compose(locked -> locked.size() == keys.size()
                        ? Future.succeededFuture(locked)
                        : tx.execute(OPEN, (Object[]) columns(keys)).compose(opened -> lockThere(tx, keys)));
    }

    private static Future<List<Locked>> lockThere(Tx tx, List<AccountKey> keys) {
        return tx.list(
                LOCK,
                row -> new Locked(account(row), row.getLong("id"), Columns.findInstant(row, "posted_at")),
                (Object[]) columns(keys));
    }

    private static String[][] columns(List<AccountKey> keys) {
        return new String[][] {
            texts(keys, AccountKey::cityCode), texts(keys, key -> key.kind().id()), texts(keys, AccountKey::owner)
        };
    }

    private Future<Integer> add(Tx tx, List<NewPosting> postings, List<Locked> locked, Instant now) {
        var ids = new HashMap<AccountKey, Long>();
        var postedAt = now;
        for (var account : locked) {
            ids.put(account.key(), account.id());
            // another instance's clock may be ahead: within an account time does not go back
            var before = account.postedAt().orElse(now);
            postedAt = before.isAfter(postedAt) ? before : postedAt;
        }
        var businessKeys = texts(postings, NewPosting::businessKey);
        var digests = postings.stream()
                .map(posting -> Buffer.buffer(PostingDigest.of(posting.entries())))
                .toArray(Buffer[]::new);
        var cityCode = postings.get(0).cityCode();
        var lines = lines(postings, ids);
        return tx.find(
                        POST,
                        row -> row.getInteger("made"),
                        cityCode,
                        Columns.at(postedAt),
                        businessKeys,
                        texts(postings, posting -> posting.kind().id()),
                        postings.stream().map(NewPosting::valueDate).toArray(LocalDate[]::new),
                        texts(postings, posting -> posting.about().toString()),
                        digests,
                        postings.stream().map(NewPosting::reverses).toArray(UUID[]::new),
                        texts(lines, Line::businessKey),
                        lines.stream().map(Line::accountId).toArray(Long[]::new),
                        lines.stream().map(Line::amountFen).toArray(Long[]::new))
                .map(made -> made.orElseThrow())
                .compose(made -> made == postings.size()
                        ? Future.succeededFuture(made)
                        : requireSame(tx, businessKeys, digests).map(made));
    }

    private static Future<Void> requireSame(Tx tx, String[] businessKeys, Buffer[] digests) {
        return tx.find(DIFFERENT, row -> row.getString("business_key"), businessKeys, digests)
                .compose(different -> different.isEmpty()
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new IllegalStateException("other entries were posted for " + different.get())));
    }

    /** One side of one posting, with the id of its account. */
    private record Line(String businessKey, Long accountId, Long amountFen) {}

    private static List<Line> lines(List<NewPosting> postings, Map<AccountKey, Long> ids) {
        var lines = new ArrayList<Line>();
        for (var posting : postings) {
            for (var entry : posting.entries()) {
                var accountId = Objects.requireNonNull(ids.get(entry.account()));
                lines.add(new Line(posting.businessKey(), accountId, entry.amountFen()));
            }
        }
        return lines;
    }

    private static <T> String[] texts(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }

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

    private static AccountKey account(Row row) {
        return new AccountKey(
                row.getString("city_code"), AccountKind.of(row.getString("kind")), row.getString("owner"));
    }

    private static ObjectNode json(Row row) {
        try {
            return (ObjectNode) JSON.readTree(row.getString("about"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
