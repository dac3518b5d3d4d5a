package io.anju.ledger;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.jobs.Outbox;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The only door to the ledger. Postings are added and never changed; what was wrong is reversed.
 *
 * <p>The accounts of a posting are locked in the order of their ids and stay so until the transaction ends: post late in
 * a transaction, and all postings of it in one call where there are several.
 */
public final class LedgerService {
    private final LedgerStore store = new LedgerStore();
    private final PostingStore postings = new PostingStore();

    /**
     * Makes a posting. The same business key with the same entries gives the posting that is there already.
     *
     * @param now when it enters the ledger
     */
    public Future<Posting> post(Tx tx, NewPosting posting, Instant now) {
        return postings.insert(tx, List.of(posting), now).compose(added -> store.get(tx, posting.businessKey()));
    }

    /** Makes many postings in one go, all in one city; gives how many of them were not there yet. */
    public Future<Integer> postAll(Tx tx, List<NewPosting> all, Instant now) {
        return all.isEmpty() ? Future.succeededFuture(0) : postings.insert(tx, all, now);
    }

    /**
     * Takes a posting back by one with the opposite entries. A posting is reversed once: a repeat under the same
     * business key gives the reversal, under another it is refused.
     */
    public Future<Posting> reverse(
            Tx tx, UUID postingId, String businessKey, LocalDate valueDate, String reason, Instant now) {
        return store.get(tx, postingId)
                .map(posting -> opposite(posting, businessKey, valueDate, reason))
                .compose(posting -> post(tx, posting, now))
                .compose(reversal -> Outbox.append(
                                tx,
                                "ledger.reversed",
                                reversal.id(),
                                reversal.about().toString())
                        .map(reversal));
    }

    private static NewPosting opposite(Posting posting, String businessKey, LocalDate valueDate, String reason) {
        var about = posting.about().deepCopy();
        about.put("reverses", posting.businessKey()).put("reason", reason);
        var entries = posting.entries().stream()
                .map(entry -> new Entry(entry.account(), Math.negateExact(entry.amountFen())))
                .toList();
        return new NewPosting(
                posting.cityCode(), businessKey, PostingKind.REVERSAL, valueDate, about, entries, posting.id());
    }

    /** The posting of a fact, where there is one. */
    public Future<Optional<Posting>> find(Sql sql, String businessKey) {
        return store.find(sql, businessKey);
    }

    /**
     * What postings put on the accounts of one kind and owner, in whatever city, by their business keys. Keys without a
     * posting, and postings without such an account, are left out.
     */
    public Future<Map<String, Long>> amounts(Sql sql, AccountKind kind, String owner, List<String> businessKeys) {
        return store.amounts(sql, kind, owner, businessKeys);
    }

    /** What an account holds; zero where nothing was ever posted to it. */
    public Future<Long> balance(Sql sql, AccountKey account) {
        return store.balance(sql, account);
    }

    /** As {@link #balance}, with the account locked until the transaction ends. */
    public Future<Long> lockBalance(Tx tx, AccountKey account) {
        return store.lockBalance(tx, account);
    }

    /** What an account held after everything that had been posted by this instant. */
    public Future<Long> balanceAt(Sql sql, AccountKey account, Instant at) {
        return store.balanceAt(sql, account, at);
    }

    /**
     * Lines of an account, the newest first.
     *
     * @param beforeVersion only older ones; null for the newest
     */
    public Future<List<AccountEntry>> entries(Sql sql, AccountKey account, @Nullable Long beforeVersion, int limit) {
        return store.entries(sql, account, beforeVersion, limit);
    }

    /** Everything that a city's accounts hold, by kind; as of now where no instant is given. */
    public Future<TrialBalance> trialBalance(Sql sql, String cityCode, @Nullable Instant at) {
        return store.trialBalance(sql, cityCode, at).map(lines -> new TrialBalance(cityCode, at, lines));
    }
}
