package io.anju.waitinglist;

import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.time.Shanghai;
import io.anju.waitinglist.FlowStore.Kept;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.WaitingTimePolicy.Departed;
import io.anju.waitinglist.WaitingTimePolicy.Flow;
import io.anju.waitinglist.WaitingTimePolicy.Range;
import io.anju.waitinglist.WaitingTimePolicy.Verdict;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out once a month how far homes go, tries it on the past, and tells a household what follows for its place. */
final class WaitingTimes {
    private static final int MOST_ROOMS = 9;
    private static final int PAGE = 10_000;
    /** Answers of these many months ago are looked at again. */
    private static final List<Integer> TOLD_MONTHS_AGO = List.of(12, 24, 36, 60);
    /** Places that are looked at for each of them, evenly over the list. */
    private static final int PLACES_A_DAY = 500;
    /** An older flow says nothing of today. */
    private static final int KEEPS_MONTHS = 3;

    private final Db db;
    private final Vertx vertx;
    private final FlowStore store;
    private final PlaceStore places;
    private final StandingStore standings;
    private final Derivation derivation;

    WaitingTimes(Db db, Vertx vertx, StandingStore standings, Derivation derivation) {
        this.db = db;
        this.vertx = vertx;
        this.store = new FlowStore();
        this.places = new PlaceStore();
        this.standings = standings;
        this.derivation = derivation;
    }

    /**
     * What a household is told.
     *
     * @param kept the flow that it follows from, none where there is not enough
     * @param range none where it lies beyond the horizon, too
     */
    record WaitingTime(@Nullable Kept kept, @Nullable Range range) {}

    Future<WaitingTime> of(Standing standing, Placed placed, LocalDate today) {
        var rooms = placed.parts().homeRooms();
        return store.newest(db, standing.list(), rooms == null ? 0 : rooms, today.minusMonths(KEEPS_MONTHS))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(new WaitingTime(null, null))
                        : ahead(standing, placed, found.get().homeRooms())
                                .map(ahead ->
                                        WaitingTimePolicy.range(found.get().flow(), ahead))
                                .map(range -> new WaitingTime(found.get(), range.orElse(null))));
    }

    /** Households before it that are offered the same homes: who is frozen takes none. */
    private Future<Integer> ahead(Standing standing, Placed placed, int homeRooms) {
        var homeRank = placed.parts().homeRank();
        return homeRooms == 0 || homeRank == null
                ? Future.succeededFuture(placed.line().ahead())
                : places.ahead(db, standing.id(), PlaceStore.Part.HOME, homeRooms, homeRank);
    }

    /** Works out the month for every list that has not got it yet. */
    Future<Void> compute(Instant now) {
        var month = Shanghai.date(now).withDayOfMonth(1);
        return standings.lists(db).compose(lists -> {
            Future<Void> done = Future.succeededFuture();
            for (var list : lists) {
                done = done.compose(before -> store.hasMonth(db, list, month))
                        .compose(has -> has ? Future.succeededFuture() : compute(list, month, now));
            }
            return done;
        });
    }

    private Future<Void> compute(ListKey list, LocalDate month, Instant now) {
        return store.began(db, list)
                .compose(began -> began.isEmpty()
                        ? Future.succeededFuture()
                        : exits(list, 0, oldest(month), new ArrayList<>())
                                .map(departed -> new Past(list, began.get(), departed))
                                .compose(past -> compute(past, month, now)));
    }

    private static LocalDate oldest(LocalDate month) {
        return month.minusMonths(WaitingTimePolicy.WINDOW_MONTHS + TOLD_MONTHS_AGO.get(TOLD_MONTHS_AGO.size() - 1));
    }

    private Future<List<Departed>> exits(ListKey list, long after, LocalDate since, List<Departed> sofar) {
        return store.exits(db, list, after, since, PAGE).compose(page -> {
            page.forEach(exit -> sofar.add(exit.departed()));
            return page.size() < PAGE
                    ? Future.succeededFuture(sofar)
                    : exits(list, page.get(page.size() - 1).sequence(), since, sofar);
        });
    }

    /** What a list has seen. */
    private record Past(ListKey list, LocalDate began, List<Departed> departed) {
        /** The flows as they are known on the first of a month, by size of home; 0 is the whole list. */
        Map<Integer, Flow> flows(LocalDate month) {
            var flows = new TreeMap<Integer, Flow>();
            for (int rooms = 0; rooms <= MOST_ROOMS; rooms++) {
                int key = rooms;
                WaitingTimePolicy.flow(departed, began, month, rooms).ifPresent(flow -> flows.put(key, flow));
            }
            return flows;
        }
    }

    private Future<Void> compute(Past past, LocalDate month, Instant now) {
        return flows(past, month)
                .compose(flows -> flows.isEmpty()
                        ? keep(past.list(), month, List.of(), now)
                        : check(past, month)
                                .compose(verdicts -> keep(
                                        past.list(),
                                        month,
                                        flows.entrySet().stream()
                                                .map(flow -> new Kept(
                                                        flow.getKey(),
                                                        flow.getValue(),
                                                        verdicts.getOrDefault(flow.getKey(), Verdict.NONE)))
                                                .toList(),
                                        now)));
    }

    private Future<Map<Integer, Flow>> flows(Past past, LocalDate month) {
        return vertx.executeBlocking(() -> past.flows(month), false);
    }

    /** The answers of past days beside what happened, by the flow that they came from. */
    private Future<Map<Integer, Verdict>> check(Past past, LocalDate month) {
        var verdicts = new HashMap<Integer, Verdict>();
        Future<Void> done = Future.succeededFuture();
        for (int monthsAgo : TOLD_MONTHS_AGO) {
            var told = month.minusMonths(monthsAgo);
            done = done.compose(before -> flows(past, told))
                    .compose(flows -> flows.isEmpty()
                            ? Future.succeededFuture()
                            : orderOn(past.list(), told)
                                    .map(order -> checkAll(past, flows, order, told, month))
                                    .onSuccess(found -> found.forEach(
                                            (rooms, verdict) -> verdicts.merge(rooms, verdict, Verdict::plus)))
                                    .mapEmpty());
        }
        return done.map(verdicts);
    }

    /** The order by what was known when the day began. */
    private Future<Order> orderOn(ListKey list, LocalDate day) {
        return store.versionAt(db, list, Shanghai.startOf(day))
                .compose(version -> version == 0
                        ? Future.succeededFuture(Order.of(new Members(), false))
                        : derivation.orderAt(list, version, day));
    }

    private static Map<Integer, Verdict> checkAll(
            Past past, Map<Integer, Flow> flows, Order order, LocalDate told, LocalDate month) {
        Map<Long, Departed> outcomes = past.departed().stream().collect(Collectors.toMap(Departed::number, one -> one));
        var verdicts = new HashMap<Integer, Verdict>();
        int step = Math.max(1, order.size() / PLACES_A_DAY);
        for (int i = 0; i < order.size(); i += step) {
            var one = order.member(i);
            if (one.frozen()) {
                continue;
            }
            int rooms = one.homeRooms();
            int key = flows.containsKey(rooms) ? rooms : 0;
            int ahead = key == 0 ? order.ahead(i) : order.homeAhead(i);
            var outcome = outcomes.get(one.number());
            Optional.ofNullable(flows.get(key))
                    .flatMap(flow -> WaitingTimePolicy.range(flow, ahead))
                    .map(range -> WaitingTimePolicy.check(range, told, outcome, month))
                    .ifPresent(verdict -> verdicts.merge(key, verdict, Verdict::plus));
        }
        return verdicts;
    }

    private Future<Void> keep(ListKey list, LocalDate month, List<Kept> flows, Instant now) {
        return db.inTransaction(tx -> store.insertMonth(tx, list, month, now)
                .compose(first -> first ? insert(tx, list, month, flows, now) : Future.succeededFuture()));
    }

    private Future<Void> insert(Tx tx, ListKey list, LocalDate month, List<Kept> flows, Instant now) {
        Future<Void> done = Future.succeededFuture();
        for (var kept : flows) {
            done = done.compose(before -> store.insert(tx, list, month, kept, now));
        }
        return done;
    }
}
