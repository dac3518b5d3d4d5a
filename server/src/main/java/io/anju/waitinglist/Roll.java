package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.PolicyDocument;
import io.anju.waitinglist.HouseholdStore.Sealed;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.RollStore.Page;
import io.anju.waitinglist.RollStore.State;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The members of a list, as they are known from derivation to derivation: the facts are opened only of those who are new,
 * who have changed, or of whom nothing is foreseen for the day. All of it follows from the facts and may be dropped.
 */
final class Roll {
    private static final int HOUSEHOLDS_AT_ONCE = 4_000;
    private static final int PAGES_AT_ONCE = 1_000;

    private final Vertx vertx;
    private final HouseholdStore households;
    private final Appraisal appraisal;
    private final RollStore store;
    private final PlaceStore places;

    Roll(Vertx vertx, HouseholdStore households, Appraisal appraisal, RollStore store, PlaceStore places) {
        this.vertx = vertx;
        this.households = households;
        this.appraisal = appraisal;
        this.store = store;
        this.places = places;
    }

    /**
     * What is asked for.
     *
     * @param version number of the last fact that counts
     */
    record Wanted(ListKey list, long version, LocalDate day, PolicyDocument ordering) {}

    /** The members in the order of their numbers, each with the points of the day; what is new is kept. */
    Future<List<Member>> call(Tx tx, Wanted wanted) {
        return store.state(tx, wanted.list())
                .compose(state -> state.isPresent() ? update(tx, wanted, state.get()) : rebuild(tx, wanted))
                .compose(members -> store.keep(
                                tx,
                                wanted.list(),
                                new State(wanted.version(), wanted.ordering().digest()))
                        .compose(kept -> scored(members, wanted)));
    }

    /** The same from the facts alone, and nothing is kept. */
    Future<List<Member>> fromFacts(Sql sql, Wanted wanted) {
        return appraiseAll(sql, wanted).compose(members -> scored(members, wanted));
    }

    private Future<List<Member>> scored(List<Member> members, Wanted wanted) {
        long day = wanted.day().toEpochDay();
        var order = wanted.ordering().order();
        return vertx.executeBlocking(
                () -> {
                    members.parallelStream().forEach(one -> one.scoreOn(day, order));
                    return members;
                },
                false);
    }

    private Future<List<Member>> rebuild(Tx tx, Wanted wanted) {
        return store.clear(tx, wanted.list())
                .compose(cleared -> appraiseAll(tx, wanted))
                .compose(members -> write(
                                tx,
                                wanted.list(),
                                byPage(members).entrySet().stream().toList())
                        .map(members));
    }

    private Future<List<Member>> appraiseAll(Sql sql, Wanted wanted) {
        return households
                .waiting(sql, wanted.list(), wanted.version(), 0, HOUSEHOLDS_AT_ONCE)
                .compose(page -> appraiseFrom(sql, wanted, page, new ArrayList<>()));
    }

    /** The next page is read while this one is worked on. */
    private Future<List<Member>> appraiseFrom(Sql sql, Wanted wanted, List<Sealed> page, List<Member> sofar) {
        if (page.isEmpty()) {
            return Future.succeededFuture(sofar);
        }
        long last = page.get(page.size() - 1).sequence();
        var next = households.waiting(sql, wanted.list(), wanted.version(), last, HOUSEHOLDS_AT_ONCE);
        var appraised = appraisal.of(sql, page, wanted.ordering(), wanted.day());
        return Future.all(next, appraised).compose(both -> {
            sofar.addAll(appraised.result());
            return appraiseFrom(sql, wanted, next.result(), sofar);
        });
    }

    private Future<List<Member>> update(Tx tx, Wanted wanted, State state) {
        boolean hasOtherOrder = !state.policyDigest().equals(wanted.ordering().digest());
        if (hasOtherOrder || state.version() > wanted.version()) {
            return rebuild(tx, wanted);
        }
        return places.touched(tx, wanted.list(), state.version(), wanted.version())
                .compose(touched -> touched.scoredByNewerRules()
                        ? rebuild(tx, wanted)
                        : read(tx, wanted.list(), -1, new ArrayList<>())
                                .compose(known -> renew(tx, wanted, known, touched.numbers())));
    }

    private Future<List<Member>> read(Tx tx, ListKey list, int after, List<Member> sofar) {
        return store.pages(tx, list, after, PAGES_AT_ONCE).compose(pages -> readFrom(tx, list, pages, sofar));
    }

    private Future<List<Member>> readFrom(Tx tx, ListKey list, List<Page> pages, List<Member> sofar) {
        if (pages.isEmpty()) {
            return Future.succeededFuture(sofar);
        }
        var next = store.pages(tx, list, pages.get(pages.size() - 1).page(), PAGES_AT_ONCE);
        var opened = vertx.executeBlocking(
                () -> pages.parallelStream()
                        .flatMap(page -> store.open(list, page).stream())
                        .toList(),
                false);
        return Future.all(next, opened).compose(both -> {
            sofar.addAll(opened.result());
            return readFrom(tx, list, next.result(), sofar);
        });
    }

    private Future<List<Member>> renew(Tx tx, Wanted wanted, List<Member> known, Set<Long> touched) {
        long day = wanted.day().toEpochDay();
        var stale = known.stream()
                .filter(one -> !one.holdsOn(day))
                .map(Member::number)
                .collect(Collectors.toCollection(() -> new TreeSet<>(touched)));
        if (stale.isEmpty()) {
            return Future.succeededFuture(known);
        }
        return among(tx, wanted, List.copyOf(stale), 0, new ArrayList<>())
                .compose(fresh -> vertx.executeBlocking(() -> merged(known, stale, fresh), false))
                .compose(members -> keep(tx, wanted.list(), members, stale).map(members));
    }

    private Future<List<Member>> among(Tx tx, Wanted wanted, List<Long> numbers, int from, List<Member> sofar) {
        if (from >= numbers.size()) {
            return Future.succeededFuture(sofar);
        }
        int to = Math.min(from + HOUSEHOLDS_AT_ONCE, numbers.size());
        return households
                .among(tx, wanted.list(), wanted.version(), numbers.subList(from, to))
                .compose(page -> appraisal.of(tx, page, wanted.ordering(), wanted.day()))
                .compose(appraised -> {
                    sofar.addAll(appraised);
                    return among(tx, wanted, numbers, to, sofar);
                });
    }

    private static List<Member> merged(List<Member> known, Set<Long> stale, List<Member> fresh) {
        var members = new ArrayList<Member>(known.size() + fresh.size());
        known.stream().filter(one -> !stale.contains(one.number())).forEach(members::add);
        members.addAll(fresh);
        members.sort(Comparator.comparingLong(Member::number));
        return members;
    }

    /** Writes the pages of those numbers again, and removes the ones on which nobody is left. */
    private Future<Void> keep(Tx tx, ListKey list, List<Member> members, Set<Long> changed) {
        var pages = changed.stream().map(RollPage::of).collect(Collectors.toCollection(TreeSet::new));
        var written = byPage(members);
        written.keySet().retainAll(pages);
        pages.removeAll(written.keySet());
        return store.remove(tx, list, pages).compose(removed -> write(tx, list, List.copyOf(written.entrySet())));
    }

    private static Map<Integer, List<Member>> byPage(Collection<Member> members) {
        return members.stream()
                .collect(Collectors.groupingBy(
                        one -> RollPage.of(one.number()), TreeMap::new, Collectors.toCollection(ArrayList::new)));
    }

    private Future<Void> write(Tx tx, ListKey list, List<Map.Entry<Integer, List<Member>>> pages) {
        Future<Void> done = Future.succeededFuture();
        for (int from = 0; from < pages.size(); from += PAGES_AT_ONCE) {
            var some = pages.subList(from, Math.min(from + PAGES_AT_ONCE, pages.size()));
            done = done.compose(before -> vertx.executeBlocking(
                            () -> some.parallelStream()
                                    .map(page -> store.seal(list, page.getKey(), page.getValue()))
                                    .toList(),
                            false))
                    .compose(sealedPages -> store.put(tx, list, sealedPages));
        }
        return done;
    }
}
