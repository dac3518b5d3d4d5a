package io.anju.ledger;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Ids;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
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

/** Adds to {@code ledger.account}, {@code posting} and {@code entry}: any number of postings in three statements. */
final class PostingStore {
    static {
        SqlErrors.constraint("ledger_account_limit", LedgerProblem.ACCOUNT_LIMIT);
        SqlErrors.constraint("posting_reversed_once", LedgerProblem.ALREADY_REVERSED);
    }

    private record Locked(AccountKey key, long id, long version, long balanceFen, Optional<Instant> postedAt) {}

    private static final String LOCK = """
            SELECT a.id, a.city_code, a.kind, a.owner, a.version, a.balance_fen, a.posted_at
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

    private static final String TAKEN = """
            SELECT business_key, digest
              FROM ledger.posting
             WHERE business_key = ANY ($1::text[])
            """;

    /** The accounts are locked, so the versions and balances that were worked out from them hold. */
    private static final String POST = """
            WITH made AS (
                INSERT INTO ledger.posting
                       (id, city_code, business_key, kind, value_date, posted_at, about, digest, reverses)
                SELECT id, $1, business_key, kind, value_date, $2, about::jsonb, digest, reverses
                  FROM unnest($3::uuid[], $4::text[], $5::text[], $6::date[], $7::text[], $8::bytea[], $9::uuid[])
                       AS asked (id, business_key, kind, value_date, about, digest, reverses)),
            entered AS (
                INSERT INTO ledger.entry (account_id, version, posting_id, amount_fen, balance_fen, posted_at)
                SELECT account_id, version, posting_id, amount_fen, balance_fen, $2
                  FROM unnest($10::bigint[], $11::bigint[], $12::uuid[], $13::bigint[], $14::bigint[])
                       AS line (account_id, version, posting_id, amount_fen, balance_fen))
            UPDATE ledger.account a
               SET version = last.version, balance_fen = last.balance_fen, posted_at = $2
              FROM unnest($15::bigint[], $16::bigint[], $17::bigint[]) AS last (id, version, balance_fen)
             WHERE a.id = last.id
            """;

    /** Adds the postings whose keys are free, and fails where a taken key stands for other entries. */
    Future<Integer> insert(Tx tx, List<NewPosting> postings, Instant now) {
        var wanted = new LinkedHashSet<AccountKey>();
        postings.forEach(posting -> posting.entries().forEach(entry -> wanted.add(entry.account())));
        var accounts = List.copyOf(wanted);
        var businessKeys = texts(postings, NewPosting::businessKey);
        return look(tx, accounts, businessKeys)
                .compose(seen -> seen.accounts().size() == accounts.size()
                        ? Future.succeededFuture(seen)
                        : tx.execute(OPEN, (Object[]) columns(accounts))
                                .compose(opened -> look(tx, accounts, businessKeys)))
                .compose(seen -> add(tx, postings, seen, now));
    }

    /** @param digests of the postings that are there already, by their business keys */
    private record Seen(List<Locked> accounts, Map<String, Buffer> digests) {}

    /**
     * Locks the accounts, and only then looks which keys are taken: whoever posts the same fact locks the same accounts.
     * Both statements go out at once; the connection runs them one after the other.
     */
    private static Future<Seen> look(Tx tx, List<AccountKey> accounts, String[] businessKeys) {
        var locked = tx.list(
                LOCK,
                row -> new Locked(
                        LedgerStore.account(row),
                        row.getLong("id"),
                        row.getLong("version"),
                        row.getLong("balance_fen"),
                        Columns.findInstant(row, "posted_at")),
                (Object[]) columns(accounts));
        var taken = tx.run(TAKEN, (Object) businessKeys).map(rows -> {
            var digests = new HashMap<String, Buffer>();
            rows.forEach(row -> digests.put(row.getString("business_key"), row.getBuffer("digest")));
            return digests;
        });
        return Future.all(locked, taken).map(both -> new Seen(locked.result(), taken.result()));
    }

    private static String[][] columns(List<AccountKey> keys) {
        return new String[][] {
            texts(keys, AccountKey::cityCode), texts(keys, key -> key.kind().id()), texts(keys, AccountKey::owner)
        };
    }

    /** A posting under its id, with the digest of its entries. */
    private record Asked(UUID id, NewPosting posting, Buffer digest) {}

    private static Future<Integer> add(Tx tx, List<NewPosting> postings, Seen seen, Instant now) {
        var asked = new ArrayList<Asked>(postings.size());
        for (var posting : postings) {
            var digest = Buffer.buffer(PostingDigest.of(posting.entries()));
            var there = seen.digests().get(posting.businessKey());
            if (there == null) {
                asked.add(new Asked(Ids.next(now), posting, digest));
            } else if (!there.equals(digest)) {
                return Future.failedFuture(
                        new IllegalStateException("other entries were posted for " + posting.businessKey()));
            }
        }
        return asked.isEmpty() ? Future.succeededFuture(0) : write(tx, asked, seen.accounts(), now);
    }

    /** What an account comes to while entries are added to it. */
    private static final class Running {
        private final long id;
        private long version;
        private long balanceFen;

        Running(Locked account) {
            id = account.id();
            version = account.version();
            balanceFen = account.balanceFen();
        }

        Line take(UUID postingId, long amountFen) {
            version++;
            balanceFen = Math.addExact(balanceFen, amountFen);
            return new Line(id, version, postingId, amountFen, balanceFen);
        }
    }

    private record Line(long accountId, long version, UUID postingId, long amountFen, long balanceFen) {}

    private static Future<Integer> write(Tx tx, List<Asked> asked, List<Locked> locked, Instant now) {
        var running = new HashMap<AccountKey, Running>();
        var postedAt = now;
        for (var account : locked) {
            running.put(account.key(), new Running(account));
            // another instance's clock may be ahead: within an account time does not go back
            var before = account.postedAt().orElse(now);
            postedAt = before.isAfter(postedAt) ? before : postedAt;
        }
        var lines = new ArrayList<Line>(2 * asked.size());
        var touched = new LinkedHashSet<Running>();
        for (var one : asked) {
            for (var entry : one.posting().entries()) {
                var account = Objects.requireNonNull(running.get(entry.account()));
                lines.add(account.take(one.id(), entry.amountFen()));
                touched.add(account);
            }
        }
        return tx.execute(POST, arguments(asked, lines, List.copyOf(touched), postedAt))
                .map(asked.size());
    }

    private static Object[] arguments(List<Asked> asked, List<Line> lines, List<Running> last, Instant postedAt) {
        return new Object[] {
            asked.get(0).posting().cityCode(),
            Columns.at(postedAt),
            asked.stream().map(Asked::id).toArray(UUID[]::new),
            texts(asked, one -> one.posting().businessKey()),
            texts(asked, one -> one.posting().kind().id()),
            asked.stream().map(one -> one.posting().valueDate()).toArray(LocalDate[]::new),
            texts(asked, one -> one.posting().about().toString()),
            asked.stream().map(Asked::digest).toArray(Buffer[]::new),
            asked.stream().map(one -> one.posting().reverses()).toArray(UUID[]::new),
            longs(lines, Line::accountId),
            longs(lines, Line::version),
            lines.stream().map(Line::postingId).toArray(UUID[]::new),
            longs(lines, Line::amountFen),
            longs(lines, Line::balanceFen),
            longs(last, account -> account.id),
            longs(last, account -> account.version),
            longs(last, account -> account.balanceFen)
        };
    }

    private static <T> String[] texts(List<T> values, Function<T, String> text) {
        return values.stream().map(text).toArray(String[]::new);
    }

    private static <T> Long[] longs(List<T> values, Function<T, Long> number) {
        return values.stream().map(number).toArray(Long[]::new);
    }
}
