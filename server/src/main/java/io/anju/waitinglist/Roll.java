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
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The members of a list, as they are known from derivation to derivation: the facts are opened only of those who are new,
 * who have changed, or of whom nothing is foreseen for the day. All of it follows from the facts and may be dropped.
 */
final class Roll {
    /** Some megabytes of sealed facts, of which two are held at a time. */
    private static final int HOUSEHOLDS_AT_ONCE = 2_000;

    private static final int PAGES_AT_ONCE = 1_000;

    private final Vertx vertx;
    private final HouseholdStore households;
    private final Appraisal appraisal;
    private final RollStore store;
    private final ChangeStore changes;

    Roll(Vertx vertx, HouseholdStore households, Appraisal appraisal, RollStore store, ChangeStore changes) {
        this.vertx = vertx;
        this.households = households;
        this.appraisal = appraisal;
        this.store = store;
        this.changes = changes;
    }

    /**
     * What is asked for.
     *
     * @param version number of the last fact that counts
     */
    record Wanted(ListKey list, long version, LocalDate day, PolicyDocument ordering) {}

    /** Where members go as they become known: some hundreds or thousands, whose numbers follow each other. */
    private interface Sink extends Function<List<Member>, Future<Void>> {}

    /** The members with the points of the day; what is new is kept. */
    Future<Members> call(Tx tx, Wanted wanted) {
        return store.state(tx, wanted.list())
                .compose(state -> state.isPresent() ? update(tx, wanted, state.get()) : rebuild(tx, wanted))
                .compose(members -> store.keep(
                                tx,
                                wanted.list(),
                                new State(wanted.version(), wanted.ordering().digest()))
                        .map(members));
    }

    /** The same from the facts alone, and nothing is kept. */
    Future<Members> fromFacts(Sql sql, Wanted wanted) {
        var members = new Members();
        return appraiseAll(sql, wanted, some -> pack(wanted, some, members)).map(members);
    }

    /** Scored and packed, as objects a long list would fill the heap. */
    private Future<Void> pack(Wanted wanted, List<Member> some, Members members) {
        long day = wanted.day().toEpochDay();
        var order = wanted.ordering().order();
        return vertx.executeBlocking(
                () -> {
                    some.parallelStream().forEach(one -> one.scoreOn(day, order));
                    some.forEach(members::add);
                    return null;
                },
                false);
    }

    private Future<Members> rebuild(Tx tx, Wanted wanted) {
        var members = new Members();
        return store.clear(tx, wanted.list())
                .compose(cleared -> appraiseAll(
                        tx,
                        wanted,
                        some -> write(tx, wanted.list(), byPage(some)).compose(written -> pack(wanted, some, members))))
                .map(members);
    }

    private Future<Void> appraiseAll(Sql sql, Wanted wanted, Sink sink) {
        return waiting(sql, wanted, 0).compose(page -> appraiseFrom(sql, wanted, page, sink));
    }

    /**
     * The next page is read while this one is worked on. It is taken from what both came to: a step that held the future
     * of its page would hold the page until the last step has ended.
     */
    private Future<Void> appraiseFrom(Sql sql, Wanted wanted, List<Sealed> page, Sink sink) {
        if (page.isEmpty()) {
            return Future.succeededFuture();
        }
        var next = waiting(sql, wanted, page.get(page.size() - 1).sequence());
        var appraised = appraisal.of(sql, page, wanted.ordering(), wanted.day()).compose(sink);
        return Future.all(next, appraised).compose(both -> appraiseFrom(sql, wanted, both.resultAt(0), sink));
    }

    /** Ends where a page of the roll ends: what comes behind is read again with the next. */
    private Future<List<Sealed>> waiting(Sql sql, Wanted wanted, long after) {
        return households
                .waiting(sql, wanted.list(), wanted.version(), after, HOUSEHOLDS_AT_ONCE)
                .map(page -> page.size() < HOUSEHOLDS_AT_ONCE ? page : wholePages(page));
    }

    private static List<Sealed> wholePages(List<Sealed> households) {
        int last = RollPage.of(households.get(households.size() - 1).sequence());
        int end = households.size();
        while (RollPage.of(households.get(end - 1).sequence()) == last) {
            end--;
        }
        return households.subList(0, end);
    }

    private Future<Members> update(Tx tx, Wanted wanted, State state) {
        boolean hasOtherOrder = !state.policyDigest().equals(wanted.ordering().digest());
        if (hasOtherOrder || state.version() > wanted.version()) {
            return rebuild(tx, wanted);
        }
        return changes.touched(tx, wanted.list(), state.version(), wanted.version())
                .compose(touched ->
                        touched.scoredByNewerRules() ? rebuild(tx, wanted) : renewAll(tx, wanted, touched.numbers()));
    }

    private Future<Members> renewAll(Tx tx, Wanted wanted, BitSet touched) {
        var members = new Members();
        return store.pages(tx, wanted.list(), 0, PAGES_AT_ONCE)
                .compose(pages -> renewFrom(tx, wanted, touched, 0, pages, some -> pack(wanted, some, members)))
                .map(members);
    }

    /** The next pages are read while these are opened and brought up to the day. */
    private Future<Void> renewFrom(Tx tx, Wanted wanted, BitSet touched, int from, List<Page> pages, Sink sink) {
        int upTo = from + PAGES_AT_ONCE;
        boolean isLast = upTo > RollPage.of(wanted.version());
        var next = isLast
                ? Future.succeededFuture(List.<Page>of())
                : store.pages(tx, wanted.list(), upTo, upTo + PAGES_AT_ONCE);
        var renewed = open(wanted.list(), pages)
                .compose(known -> renew(tx, wanted, known, touchedOn(touched, from, upTo)))
                .compose(sink);
        return Future.all(next, renewed)
                .compose(both -> isLast
                        ? Future.succeededFuture()
                        : renewFrom(tx, wanted, touched, upTo, both.resultAt(0), sink));
    }

    private Future<List<Member>> open(ListKey list, List<Page> pages) {
        return vertx.executeBlocking(
                () -> pages.parallelStream()
                        .flatMap(page -> store.open(list, page).stream())
                        .toList(),
                false);
    }

    private static Set<Long> touchedOn(BitSet touched, int fromPage, int upToPage) {
        var numbers = new TreeSet<Long>();
        int end = upToPage * RollPage.NUMBERS;
        int next = touched.nextSetBit(fromPage * RollPage.NUMBERS);
        while (next >= 0 && next < end) {
            numbers.add((long) next);
            next = touched.nextSetBit(next + 1);
        }
        return numbers;
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
        return store.remove(tx, list, pages).compose(removed -> write(tx, list, written));
    }

    private static Map<Integer, List<Member>> byPage(Collection<Member> members) {
        return members.stream()
                .collect(Collectors.groupingBy(
                        one -> RollPage.of(one.number()), TreeMap::new, Collectors.toCollection(ArrayList::new)));
    }

    private Future<Void> write(Tx tx, ListKey list, Map<Integer, List<Member>> pages) {
        return vertx.executeBlocking(
                        () -> pages.entrySet().parallelStream()
                                .map(page -> store.seal(list, page.getKey(), page.getValue()))
                                .toList(),
                        false)
                .compose(sealedPages -> store.put(tx, list, sealedPages));
    }
}
