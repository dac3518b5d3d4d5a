package io.anju.waitinglist;

import io.anju.platform.db.Tx;
import io.anju.policy.OrderKey;
import io.anju.policy.PolicyDocument;
import io.anju.waitinglist.PlaceStore.Changes;
import io.anju.waitinglist.Placed.Prior;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.WaitingListPolicy.Candidate;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Puts scored households in order and counts, cause by cause, what moved each since the generation before. */
final class Placing {
    private static final int PAGE = 10_000;

    private final Vertx vertx;
    private final PlaceStore store;

    Placing(Vertx vertx, PlaceStore store) {
        this.vertx = vertx;
        this.store = store;
    }

    /**
     * The order with what it took.
     *
     * @param leavers last places of those who are in it no more
     */
    record Order(List<Placed> places, List<Prior> leavers) {}

    /** @param before the generation before, none for a list's first */
    Future<Order> place(
            Tx tx, @Nullable Standing before, long version, PolicyDocument rules, List<Candidate> candidates) {
        if (before == null) {
            return vertx.executeBlocking(() -> order(rules, candidates, List.of(), Changes.NONE, true), false);
        }
        boolean sameRules = before.policyDigest().equals(rules.digest());
        return store.changes(tx, before, version)
                .compose(changes -> prior(tx, before, 0, new ArrayList<>())
                        .compose(priors -> vertx.executeBlocking(
                                () -> order(rules, candidates, priors, changes, sameRules), false)));
    }

    /** The order alone, for households of any day. */
    Future<List<Placed>> order(PolicyDocument rules, List<Candidate> candidates) {
        return vertx.executeBlocking(
                () -> order(rules, candidates, List.of(), Changes.NONE, true).places(), false);
    }

    private Future<List<Prior>> prior(Tx tx, Standing before, int after, List<Prior> sofar) {
        return store.prior(tx, before.id(), after, PAGE).compose(page -> {
            sofar.addAll(page);
            return page.size() < PAGE
                    ? Future.succeededFuture(sofar)
                    : prior(tx, before, page.get(page.size() - 1).rank(), sofar);
        });
    }

    private static Order order(
            PolicyDocument rules, List<Candidate> candidates, List<Prior> priors, Changes changes, boolean sameRules) {
        var order = WaitingListPolicy.order(rules.ordering());
        var ordered = new ArrayList<>(candidates);
        ordered.sort(order);
        var known = new HashMap<UUID, Prior>(priors.size() * 2);
        priors.forEach(prior -> known.put(prior.registrationId(), prior));
        var shares = Shifts.between(
                new Shifts.Orders<>(
                        priors.stream().map(Prior::registrationId).toList(),
                        id -> MoveCause.of(changes.exits().getOrDefault(id, ExitType.OTHER)),
                        Candidate::registrationId,
                        place -> asBefore(ordered.get(place), known, sameRules),
                        place -> othersCause(ordered.get(place), known, changes),
                        place -> isDeferred(ordered.get(place), known) ? MoveCause.OWN_DEFERRAL : MoveCause.OWN_POINTS),
                ordered,
                order);
        var places = placed(rules, ordered, known, shares);
        ordered.forEach(one -> known.remove(one.registrationId()));
        return new Order(places, List.copyOf(known.values()));
    }

    private static MoveCause othersCause(Candidate one, Map<UUID, Prior> known, Changes changes) {
        if (isDeferred(one, known)) {
            return MoveCause.DEFERRED;
        }
        return changes.rescored().contains(one.registrationId()) || one.sequence() <= changes.rescoredUpTo()
                ? MoveCause.RESCORED_AHEAD
                : MoveCause.ACCRUED;
    }

    private static boolean isDeferred(Candidate one, Map<UUID, Prior> known) {
        return prior(one, known).deferred() != one.later().deferred();
    }

    private static Prior prior(Candidate one, Map<UUID, Prior> known) {
        return Objects.requireNonNull(known.get(one.registrationId()));
    }

    private static List<Placed> placed(
            PolicyDocument rules, List<Candidate> ordered, Map<UUID, Prior> known, int[] @Nullable [] shares) {
        boolean hasClasses = rules.order().stream().anyMatch(key -> key.by() == OrderKey.By.PRIORITY);
        var lines = WaitingListPolicy.lines(ordered);
        var parts = WaitingListPolicy.parts(ordered, hasClasses);
        var places = new ArrayList<Placed>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            var prior = known.get(lines.get(i).registrationId());
            var share = shares[i];
            var moved = prior == null || share == null
                    ? MoveCounts.NONE
                    : prior.moved().plus(MoveCounts.of(share));
            places.add(new Placed(lines.get(i), parts.get(i), moved));
        }
        return places;
    }

    /** By today's rules with the points of the generation before; where the rules are the same, that one's key. */
    private static Candidate asBefore(Candidate one, Map<UUID, Prior> known, boolean sameRules) {
        var prior = prior(one, known);
        var keys = one.keys();
        var since = prior.since() == null ? LocalDate.MAX : prior.since();
        var asBefore = new io.anju.policy.Standing(
                prior.score(),
                keys.entry(),
                sameRules ? (prior.priority() == 0 ? Integer.MAX_VALUE : prior.priority()) : keys.priority(),
                sameRules ? since : keys.since(),
                keys.draw());
        return one.with(asBefore, prior.deferred());
    }
}
