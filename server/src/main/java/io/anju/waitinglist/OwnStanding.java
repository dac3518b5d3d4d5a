package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.Score;
import io.anju.waitinglist.StandingService.PublishedPlace;
import io.anju.waitinglist.StandingService.PublishedPlaces;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a household sees of itself: where it stands, why, and what moved it. */
final class OwnStanding {
    private final Db db;
    private final PolicyService policies;
    private final WaitingListStore store;
    private final StandingStore standings;
    private final FactStore facts;
    private final PlaceStore places;
    private final SubRanks subRanks;
    private final FreshOrders orders;
    private final WaitingTimes waitingTimes;
    private PublishedPlaces published = registration -> Future.succeededFuture(Optional.empty());

    OwnStanding(
            Db db,
            Vault vault,
            PolicyService policies,
            StandingStore standings,
            PlaceStore places,
            FreshOrders orders,
            WaitingTimes waitingTimes) {
        this.db = db;
        this.policies = policies;
        this.store = new WaitingListStore(vault);
        this.standings = standings;
        this.facts = new FactStore(vault);
        this.places = places;
        this.subRanks = new SubRanks(db, places);
        this.orders = orders;
        this.waitingTimes = waitingTimes;
    }

    /** A household's own view: its registration, its place now, and what moved; no place once it has left. */
    record MyStanding(
            Registration registration,
            PolicyDocument policy,
            @Nullable Place place,
            @Nullable Movements movements,
            WaitingTimes.@Nullable WaitingTime waitingTime,
            @Nullable PublishedPlace published,
            WaitingListStore.@Nullable ToldExit exit) {}

    /** A place on the list with what it follows from. */
    record Place(Standing standing, Placed placed, List<SubRanks.SubRank> subRanks, Score score) {
        Standing.Line line() {
            return placed.line();
        }
    }

    void usePublications(PublishedPlaces publications) {
        this.published = publications;
    }

    /** The caller's own registration; what is not the caller's is not there. */
    Future<MyStanding> of(ResidentCaller caller, UUID applicationId, Instant now) {
        return store.ofApplication(db, applicationId)
                .map(found ->
                        found.filter(registration -> registration.residentId().equals(caller.id())))
                .compose(Refusal::orNotFound)
                .compose(registration -> policies.byDigest(db, registration.policyDigest())
                        .compose(policy -> registration.exit() == null
                                ? waiting(registration, policy, now)
                                : left(registration, policy)));
    }

    private Future<MyStanding> left(Registration registration, PolicyDocument policy) {
        return store.exitReason(db, registration.id())
                .compose(reason -> published
                        .latest(registration)
                        .map(place ->
                                new MyStanding(registration, policy, null, null, null, place.orElse(null), reason)));
    }

    private Future<MyStanding> waiting(Registration registration, PolicyDocument policy, Instant now) {
        var today = Shanghai.date(now);
        return orders.of(registration.list(), registration.sequence(), now)
                .compose(standing -> facts.inputs(db, registration.id(), standing.version())
                        .compose(inputs -> place(registration, policy, inputs.facts(), standing)
                                .compose(place -> mine(registration, policy, place, today))));
    }

    private Future<MyStanding> mine(Registration registration, PolicyDocument policy, Place place, LocalDate today) {
        var moved = movements(registration, place, today);
        var shown = published.latest(registration);
        var time = waitingTimes.of(place.standing(), place.placed(), today);
        return Future.all(moved, shown, time)
                .compose(both -> standings.recordVisit(
                        db, registration.id(), today, place.standing().id()))
                .map(seen -> new MyStanding(
                        registration,
                        policy,
                        place,
                        moved.result().orElse(null),
                        time.result(),
                        shown.result().orElse(null),
                        null));
    }

    private Future<Place> place(
            Registration registration, PolicyDocument policy, HouseholdFacts facts, Standing standing) {
        return Future.all(
                        places.place(db, standing.id(), registration.id()),
                        policies.byDigest(db, standing.policyDigest()))
                .compose(both -> Refusal.<Placed>orNotFound(both.resultAt(0))
                        .compose(placed -> subRanks.of(standing.id(), both.resultAt(1), placed)
                                .map(ranks ->
                                        new Place(standing, placed, ranks, policy.score(facts, standing.asOf())))));
    }

    private Future<Optional<Movements>> movements(Registration registration, Place now, LocalDate today) {
        return standings.baseline(db, registration, today).compose(found -> {
            var earlier =
                    found.filter(standing -> standing.id() < now.standing().id());
            return earlier.isEmpty()
                    ? Future.succeededFuture(Optional.empty())
                    : compare(registration, earlier.get(), now);
        });
    }

    private Future<Optional<Movements>> compare(Registration registration, Standing before, Place now) {
        var scoreBefore = score(registration, before);
        return Future.all(places.place(db, before.id(), registration.id()), scoreBefore)
                .map(both -> both.<Optional<Placed>>resultAt(0)
                        .map(was -> Movements.explain(
                                moved(before, was, scoreBefore.result()),
                                moved(now.standing(), now.placed(), now.score()))));
    }

    private static Movements.Place moved(Standing standing, Placed placed, Score score) {
        var line = placed.line();
        return new Movements.Place(standing.asOf(), line.rank(), line.score(), score.items(), placed.moved());
    }

    /** Under the rules and by the facts of that generation: both may have changed since. */
    private Future<Score> score(Registration registration, Standing standing) {
        return facts.inputs(db, registration.id(), standing.version())
                .compose(inputs -> policies.byDigest(db, inputs.policyDigest())
                        .map(policy -> policy.score(inputs.facts(), standing.asOf())));
    }
}
