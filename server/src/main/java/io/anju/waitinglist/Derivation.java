package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.PlaceStore.Part;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Roll.Wanted;
import io.anju.waitinglist.StandingStore.Newest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Derives the order of a list from its facts: every household on it has the score of the day, under the policy that it
 * was registered with, and the result is written as one whole generation.
 *
 * <p>Opening, scoring and sorting run in worker code. One derivation of a list runs at a time: callers in this process
 * share it, other instances wait for its lock and then find its result.
 */
final class Derivation {
    private static final int PAGES_AT_ONCE = 512;
    /** A machine that needs longer to sort a list cannot serve it. */
    private static final Duration LONGEST_WORK = Duration.ofMinutes(10);

    private final Db db;
    private final Vertx vertx;
    private final PolicyService policies;
    private final StandingStore store = new StandingStore();
    private final PlaceStore places = new PlaceStore();
    private final ChangeStore changes = new ChangeStore();
    private final BandStore bands = new BandStore();
    private final HouseholdStore households;
    private final Roll roll;
    private final Map<ListKey, Future<Standing>> running = new ConcurrentHashMap<>();
    private final Map<ListKey, Future<Standing>> waiting = new ConcurrentHashMap<>();

    Derivation(Db db, Vertx vertx, Vault vault, PolicyService policies) {
        this.db = db;
        this.vertx = vertx;
        this.policies = policies;
        this.households = new HouseholdStore(vault);
        var appraisal = new Appraisal(vertx, policies, households);
        this.roll = new Roll(vertx, households, appraisal, new RollStore(vault), changes);
    }

    /**
     * What one generation is derived from.
     *
     * @param before the generation before, none for a list's first
     */
    private record Basis(Wanted wanted, @Nullable Standing before, Instant now) {
        PolicyDocument rules() {
            return wanted.ordering();
        }
    }

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
     * as long as a first derivation.
     */
    Future<Order> orderAt(ListKey list, long version, LocalDate day) {
        return orderingPolicy(db, list, version, day)
                .map(policy -> new Wanted(list, version, day, policy))
                .compose(wanted -> roll.fromFacts(db, wanted)
                        .compose(members ->
                                vertx.executeBlocking(() -> Placing.order(members, wanted.ordering()), false)));
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
                .map(policy -> new Wanted(list, newest.registerVersion(), today, policy))
                .map(wanted -> new Basis(wanted, standing, now))
                .compose(basis -> roll.call(tx, basis.wanted())
                        .compose(members -> place(tx, basis, members))
                        .compose(placed -> write(tx, basis, placed)));
    }

    private Future<Placing.Result> place(Tx tx, Basis basis, Members members) {
        var before = basis.before();
        if (before == null) {
            return vertx.executeBlocking(() -> Placing.first(members, basis.rules()), false);
        }
        long version = basis.wanted().version();
        boolean sameRules = before.policyDigest().equals(basis.rules().digest());
        return changes.changes(tx, before, version)
                .compose(changed -> read(tx, before.id(), 0, new Before(before.total()))
                        .compose(read -> vertx.executeBlocking(
                                () -> Placing.next(members, basis.rules(), version, read, changed, sameRules), false)));
    }

    private Future<Before> read(Tx tx, long standingId, int fromRun, Before sofar) {
        return places.read(tx, standingId, fromRun, PAGES_AT_ONCE, sofar)
                .compose(pages -> pages < PAGES_AT_ONCE
                        ? Future.succeededFuture(sofar)
                        : read(tx, standingId, fromRun + pages, sofar));
    }

    /** The order is that of the rules in force; where they have ended, that of the household that entered last. */
    private Future<PolicyDocument> orderingPolicy(Sql sql, ListKey list, long version, LocalDate asOf) {
        return policies.inForce(sql, list.cityCode(), list.programme(), asOf)
                .recover(none -> households
                        .lastDigest(sql, list, version)
                        .compose(digest ->
                                digest.isPresent() ? policies.byDigest(sql, digest.get()) : Future.failedFuture(none)));
    }

    private Future<Standing> write(Tx tx, Basis basis, Placing.Result placed) {
        var wanted = basis.wanted();
        var order = placed.order();
        var digest = basis.rules().digest();
        return store.insert(tx, wanted.list(), wanted.day(), wanted.version(), digest, order.size(), basis.now())
                .compose(standing -> writePlaces(tx, standing.id(), placed)
                        .compose(written -> writeNumbers(tx, standing.id(), order.byNumber(wanted.version())))
                        .compose(written -> writeParts(tx, standing.id(), order))
                        .compose(written -> writeBands(tx, basis, standing, order))
                        .compose(written -> keepLastPlaces(tx, basis.before(), placed.leavers()))
                        .map(standing));
    }

    private Future<Void> writePlaces(Tx tx, long standingId, Placing.Result placed) {
        var order = placed.order();
        int pages = (order.size() + PlacePage.PLACES - 1) / PlacePage.PLACES;
        IntFunction<PlaceStore.Page> page = run -> {
            int from = run * PlacePage.PLACES;
            int to = Math.min(from + PlacePage.PLACES, order.size());
            return new PlaceStore.Page(run, PlacePage.write(order, placed.moved(), from, to));
        };
        return inTurn(pages, page, some -> places.insertRuns(tx, standingId, some));
    }

    private Future<Void> writeNumbers(Tx tx, long standingId, Order.Ranks ranks) {
        return inTurn(pages(ranks), run -> ranksOf(ranks, run), some -> places.insertNumbers(tx, standingId, some));
    }

    private static int pages(Order.Ranks ranks) {
        return (ranks.size() + PlacePage.RANKS - 1) / PlacePage.RANKS;
    }

    private static PlaceStore.Page ranksOf(Order.Ranks ranks, int run) {
        int from = run * PlacePage.RANKS;
        return new PlaceStore.Page(run, PlacePage.ranks(ranks, from, Math.min(from + PlacePage.RANKS, ranks.size())));
    }

    private Future<Void> writeParts(Tx tx, long standingId, Order order) {
        Future<Void> done = Future.succeededFuture();
        for (var part : Part.values()) {
            for (var one : order.parts(part).entrySet()) {
                done = done.compose(before -> writePart(tx, standingId, order, part, one.getKey()));
            }
        }
        return done;
    }

    private Future<Void> writePart(Tx tx, long standingId, Order order, PlaceStore.Part part, int key) {
        var ranks = Objects.requireNonNull(order.parts(part).get(key));
        var frozen = order.frozen(ranks);
        IntFunction<PlaceStore.PartPage> page = run -> {
            int from = run * PlacePage.RANKS;
            return new PlaceStore.PartPage(
                    ranksOf(ranks, run),
                    frozen.get(0, from).cardinality(),
                    frozen.get(from, Math.min(from + PlacePage.RANKS, ranks.size())));
        };
        return inTurn(pages(ranks), page, some -> places.insertPart(tx, standingId, part, key, some));
    }

    private Future<Void> writeBands(Tx tx, Basis basis, Standing standing, Order order) {
        return vertx.executeBlocking(() -> Bands.of(order, standing.version()), false)
                .compose(found -> bands.insert(tx, standing, basis.before(), found));
    }

    /** Makes and writes some pages after the other, so that no heap holds them all. */
    private <P> Future<Void> inTurn(int pages, IntFunction<P> page, Function<List<P>, Future<Void>> write) {
        Future<Void> done = Future.succeededFuture();
        for (int first = 0; first < pages; first += PAGES_AT_ONCE) {
            int from = first;
            int to = Math.min(from + PAGES_AT_ONCE, pages);
            done = done.compose(before -> vertx.executeBlocking(
                            () -> IntStream.range(from, to)
                                    .parallel()
                                    .mapToObj(page)
                                    .toList(),
                            false))
                    .compose(write);
        }
        return done;
    }

    private Future<Void> keepLastPlaces(Tx tx, @Nullable Standing before, List<Leaver> leavers) {
        return before == null ? Future.succeededFuture() : places.insertDepartures(tx, before, leavers);
    }
}
