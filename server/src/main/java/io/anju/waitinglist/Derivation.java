package io.anju.waitinglist;

import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.StandingStore.Newest;
import io.anju.waitinglist.StandingStore.Sealed;
import io.anju.waitinglist.WaitingListPolicy.Candidate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Derives the order of a list from its facts: every household on it is scored anew as of the day, under the policy that
 * it was registered with, and the result is written as one whole generation.
 *
 * <p>Opening and scoring run in worker code, page by page. One derivation of a list runs at a time: callers in this
 * process share it, other instances wait for its lock and then find its result.
 */
final class Derivation {
    private static final int PAGE = 4_000;
    /** A machine that needs longer to sort a list cannot serve it. */
    private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

    private final Db db;
    private final Vertx vertx;
    private final PolicyService policies;
    private final StandingStore store;
    private final PlaceStore places;
    private final Placing placing;
    private final Map<ListKey, Future<Standing>> running = new ConcurrentHashMap<>();
    private final Map<ListKey, Future<Standing>> waiting = new ConcurrentHashMap<>();

    Derivation(Db db, Vertx vertx, PolicyService policies, StandingStore store) {
        this.db = db;
        this.vertx = vertx;
        this.policies = policies;
        this.store = store;
        this.places = new PlaceStore();
        this.placing = new Placing(vertx, places);
    }

    /**
     * The facts that one generation is derived from.
     *
     * @param before the generation before, none for a list's first
     */
    private record Basis(
            ListKey list,
            long version,
            LocalDate asOf,
            PolicyDocument ordering,
            @Nullable Standing before,
            Instant now) {}

    /** Gives a generation of at least the facts and the day of the call, deriving one where there is none. */
    Future<Standing> derive(ListKey list, Instant now) {
        var current = running.get(list);
        if (current == null) {
            return start(list, now);
        }
        // the running one may have read its facts before the caller's were committed: all who come now share the next
        return waiting.computeIfAbsent(
                list,
                key -> current.transform(done -> {
                    waiting.remove(list);
                    return start(list, now);
                }));
    }

    /**
     * The order as it was on a day by the facts up to a version, worked out anew and not kept; for long lists this takes
     * as long as a derivation.
     */
    Future<List<Placed>> orderAt(ListKey list, long version, LocalDate day) {
        return orderingPolicy(db, list, version, day)
                .map(policy -> new Basis(list, version, day, policy, null, Shanghai.startOf(day)))
                .compose(basis -> candidates(db, basis, 0, new ArrayList<>())
                        .compose(found -> placing.order(basis.ordering(), found)));
    }

    private Future<Standing> start(ListKey list, Instant now) {
        var mine = db.inTransaction(tx -> store.lockList(tx, list)
                .compose(locked -> store.newest(tx, list))
                .compose(found -> refresh(tx, list, found.orElseThrow(), now)));
        running.put(list, mine);
        return mine.onComplete(done -> running.remove(list, mine));
    }

    private Future<Standing> refresh(Tx tx, ListKey list, Newest newest, Instant now) {
        var standing = newest.standing();
        var today = Shanghai.date(now);
        if (standing != null && standing.isCurrent(newest.registerVersion(), today)) {
            return Future.succeededFuture(standing);
        }
        return store.allowLongWork(tx, LONGEST_WORK)
                .compose(allowed -> orderingPolicy(tx, list, newest.registerVersion(), today))
                .map(policy -> new Basis(list, newest.registerVersion(), today, policy, standing, now))
                .compose(basis -> candidates(tx, basis, 0, new ArrayList<>())
                        .compose(candidates -> write(tx, basis, candidates)));
    }

    private Future<List<Candidate>> candidates(Sql sql, Basis basis, long after, List<Candidate> sofar) {
        return store.waiting(sql, basis.list(), basis.version(), after, PAGE).compose(page -> {
            if (page.isEmpty()) {
                return Future.succeededFuture(sofar);
            }
            var last = page.get(page.size() - 1).sequence();
            return score(sql, page, basis).compose(scored -> {
                sofar.addAll(scored);
                return candidates(sql, basis, last, sofar);
            });
        });
    }

    private Future<List<Candidate>> score(Sql sql, List<Sealed> page, Basis basis) {
        return policiesOf(sql, page)
                .compose(known -> vertx.executeBlocking(
                        () -> page.stream()
                                .map(line -> candidate(line, policy(known, line), basis))
                                .toList(),
                        false));
    }

    private Future<Map<String, PolicyDocument>> policiesOf(Sql sql, List<Sealed> page) {
        var documents = new HashMap<String, PolicyDocument>();
        Future<Void> loaded = Future.succeededFuture();
        for (var digest : page.stream().map(Sealed::policyDigest).distinct().toList()) {
            loaded = loaded.compose(ignored -> policies.byDigest(sql, digest)).map(document -> {
                documents.put(digest, document);
                return null;
            });
        }
        return loaded.map(documents);
    }

    private static PolicyDocument policy(Map<String, PolicyDocument> known, Sealed sealed) {
        var policy = known.get(sealed.policyDigest());
        if (policy == null) {
            throw new IllegalStateException("no policy for registration " + sealed.registrationId());
        }
        return policy;
    }

    private Candidate candidate(Sealed sealed, PolicyDocument policy, Basis basis) {
        var facts = store.open(sealed);
        var entry =
                new io.anju.policy.Standing.Entry(sealed.appliedAt(), sealed.registeredAt(), sealed.receiptNumber());
        var score = policy.scoreTotal(facts, basis.asOf());
        var keys = basis.ordering().standing(facts, basis.asOf(), score, entry);
        var district = Registration.districtOf(sealed.areaCode());
        var rooms = basis.ordering()
                .homeSize(facts, basis.asOf())
                .map(answer -> answer.size().rooms())
                .orElse(null);
        return new Candidate(
                sealed.registrationId(),
                sealed.sequence(),
                district,
                sealed.policyDigest(),
                keys,
                sealed.later(),
                rooms);
    }

    private Future<Standing> write(Tx tx, Basis basis, List<Candidate> candidates) {
        return placing.place(tx, basis.before(), basis.version(), basis.ordering(), candidates)
                .compose(order -> write(tx, basis, order));
    }

    /** The order is that of the rules in force; where they have ended, that of the household that entered last. */
    private Future<PolicyDocument> orderingPolicy(Sql sql, ListKey list, long version, LocalDate asOf) {
        return policies.inForce(sql, list.cityCode(), list.programme(), asOf)
                .recover(none -> store.lastDigest(sql, list, version)
                        .compose(digest ->
                                digest.isPresent() ? policies.byDigest(sql, digest.get()) : Future.failedFuture(none)));
    }

    private Future<Standing> write(Tx tx, Basis basis, Placing.Order order) {
        var digest = basis.ordering().digest();
        int total = order.places().size();
        return store.insert(tx, basis.list(), basis.asOf(), basis.version(), digest, total, basis.now())
                .compose(standing -> writeLines(tx, standing, order.places(), 0)
                        .compose(written -> keepLastPlaces(tx, basis.before(), order.leavers()))
                        .map(standing));
    }

    private Future<Void> writeLines(Tx tx, Standing standing, List<Placed> lines, int from) {
        if (from >= lines.size()) {
            return Future.succeededFuture();
        }
        int to = Math.min(from + PAGE, lines.size());
        return store.insertLines(tx, standing.id(), lines.subList(from, to))
                .compose(ignored -> writeLines(tx, standing, lines, to));
    }

    private Future<Void> keepLastPlaces(Tx tx, @Nullable Standing before, List<Placed.Prior> leavers) {
        return before == null ? Future.succeededFuture() : places.insertDepartures(tx, before.id(), leavers);
    }
}
