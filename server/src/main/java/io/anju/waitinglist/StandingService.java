package io.anju.waitinglist;

import io.anju.application.ApplicationService;
import io.anju.application.ApplicationState;
import io.anju.application.CaseFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.policy.Score;
import io.anju.waitinglist.PublicList.Page;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.StandingStore.Newest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The waiting list's door for what follows from the facts: ranks, their reasons and what moved them. */
public final class StandingService {
    /** Up to this many households a reader may wait for a fresh derivation; longer lists are derived by the job. */
    private static final int FRESH_ON_READ = 20_000;

    private static final Duration DERIVE_EVERY = Duration.ofMinutes(10);
    /** Generations are kept this long, so that a resident who looks again after a month still learns what moved. */
    private static final int KEEP_DAYS = 40;

    private final Db db;
    private final ApplicationService applications;
    private final PolicyService policies;
    private final WaitingListStore store;
    private final StandingStore standings;
    private final FactStore facts;
    private final PlaceStore places = new PlaceStore();
    private final ResultStore results = new ResultStore();
    private final Derivation derivation;
    private final SubRanks subRanks;
    private final PublicList publicList;
    private final WaitingTimes waitingTimes;
    private PublishedPlaces published = registration -> Future.succeededFuture(Optional.empty());

    public StandingService(Db db, Vertx vertx, Vault vault, ApplicationService applications, PolicyService policies) {
        this.db = db;
        this.applications = applications;
        this.policies = policies;
        this.store = new WaitingListStore(vault);
        this.standings = new StandingStore();
        this.facts = new FactStore(vault);
        this.derivation = new Derivation(db, vertx, vault, policies);
        this.subRanks = new SubRanks(db, places);
        this.publicList = new PublicList(db, policies, standings, places);
        this.waitingTimes = new WaitingTimes(db, vertx, standings, derivation);
    }

    /** A household's own view: its registration, its place now, and what moved; no place once it has left. */
    public record MyStanding(
            Registration registration,
            PolicyDocument policy,
            @Nullable Place place,
            @Nullable Movements movements,
            WaitingTimes.@Nullable WaitingTime waitingTime,
            @Nullable PublishedPlace published,
            WaitingListStore.@Nullable ToldExit exit) {}

    /** A household's place in the newest publication of its list. */
    public record PublishedPlace(UUID publicationId, String period, LocalDate asOf, int rank, int total) {}

    /** Whoever knows what was published. */
    @FunctionalInterface
    public interface PublishedPlaces {
        Future<Optional<PublishedPlace>> latest(Registration registration);
    }

    /** A place on the list with what it follows from. */
    record Place(Standing standing, Placed placed, List<SubRanks.SubRank> subRanks, Score score) {
        Standing.Line line() {
            return placed.line();
        }
    }

    /** What a receipt number tells anyone. */
    public record ReceiptState(
            String receiptNumber, String state, @Nullable Standing standing, int rank) {}

    /** Names who knows what was published; before the first request. */
    public void usePublications(PublishedPlaces publications) {
        this.published = publications;
    }

    /** Every list that somebody was registered on. */
    public Future<List<ListKey>> lists(Sql sql) {
        return standings.lists(sql);
    }

    /** The order of a list by its facts of now, derived where there is none yet; the list must be one of {@link #lists}. */
    public Future<Standing> current(ListKey list, Instant now) {
        return derivation.derive(list, now);
    }

    /** Households of each district in one generation, by code. */
    public Future<Map<String, Integer>> districtTotals(Sql sql, long standingId) {
        return standings.districtTotals(sql, standingId);
    }

    /**
     * What an order says of a household's place; all else is in its entry.
     *
     * @param number of its registration
     * @param priority place of its class, none where it is in no class
     * @param since the earliest of the dates that count, none where the order counts none
     * @param deferred number of the refusal that sent it behind the others; 0 for none
     * @param inputs number of the newer facts that it follows from; none for those of the registration
     */
    public record ListedPlace(
            long number,
            String districtCode,
            String score,
            @Nullable Integer priority,
            @Nullable LocalDate since,
            long deferred,
            @Nullable Long inputs) {}

    /** The places of a generation after one rank up to another. */
    public Future<List<ListedPlace>> listed(Sql sql, long standingId, int after, int upTo) {
        return places.listed(sql, standingId, after, upTo);
    }

    /** Names the work that comes again: fresh orders for long lists, and clearing old ones. */
    public void handleJobs(Jobs jobs) {
        jobs.every(DERIVE_EVERY, "waitinglist.derive", job -> deriveLong(job.now()));
        jobs.every(Duration.ofDays(1), "waitinglist.prune", job -> prune(job.now()));
        jobs.every(Duration.ofDays(1), "waitinglist.flow", job -> waitingTimes.compute(job.now()));
    }

    /** The caller's own registration; what is not the caller's is not there. */
    public Future<MyStanding> mine(Caller caller, UUID applicationId, Instant now) {
        return store.ofApplication(db, applicationId)
                .map(found ->
                        found.filter(registration -> registration.residentId().equals(caller.requireId())))
                .compose(StandingService::orNotFound)
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
        return fresh(registration.list(), registration.sequence(), now)
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
                .compose(both -> StandingService.<Placed>orNotFound(both.resultAt(0))
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

    /** What anyone may know by a receipt number; never asks for more than the number. */
    public Future<ReceiptState> lookUp(String receiptNumber, Instant now) {
        return applications
                .findByReceipt(db, receiptNumber)
                .compose(found -> found.isPresent() ? stateOf(found.get(), now) : imported(receiptNumber, now));
    }

    private Future<ReceiptState> stateOf(CaseFile file, Instant now) {
        return file.state() == ApplicationState.REGISTERED
                ? store.ofApplication(db, file.id())
                        .compose(StandingService::orNotFound)
                        .compose(registration -> registered(registration, now))
                : Future.succeededFuture(
                        new ReceiptState(file.receiptNumber(), file.state().id(), null, 0));
    }

    /** A household of a register that was taken over has a receipt number and no application. */
    private Future<ReceiptState> imported(String receiptNumber, Instant now) {
        return store.byReceipt(db, receiptNumber.toUpperCase(Locale.ROOT))
                .compose(StandingService::orNotFound)
                .compose(registration -> registered(registration, now));
    }

    private Future<ReceiptState> registered(Registration registration, Instant now) {
        var number = registration.receiptNumber();
        if (registration.exit() != null) {
            return Future.succeededFuture(new ReceiptState(number, "left_list", null, 0));
        }
        return fresh(registration.list(), registration.sequence(), now)
                .compose(standing -> standings
                        .line(db, standing.id(), registration.id())
                        .compose(StandingService::orNotFound)
                        .map(line ->
                                new ReceiptState(number, ApplicationState.REGISTERED.id(), standing, line.rank())));
    }

    /** The first page of the public list, from the newest order; the next ones stay with it. */
    Future<Page> firstPage(ListKey list, ListPart part, int limit, Instant now) {
        return standings
                .newest(db, list)
                .compose(newest -> newest.isEmpty()
                        ? emptyPage(list, now)
                        : freshOf(list, newest.get(), 0, now)
                                .compose(standing -> publicList.page(standing, part, 0, limit)));
    }

    /** Nobody was ever registered: an empty list where the city has the programme, none where it has not. */
    private Future<Page> emptyPage(ListKey list, Instant now) {
        var today = Shanghai.date(now);
        return rulesOf(list, today)
                .map(policy -> new Page(new Standing(0, list, today, 0, policy.digest(), now, 0), 0, List.of()));
    }

    /** A further page of the generation that a walk began with; refuses where it was cleared away. */
    Future<Page> nextPage(long standingId, ListPart part, int after, int limit) {
        return standings
                .byId(db, standingId)
                .compose(found -> found.isPresent()
                        ? publicList.page(found.get(), part, after, limit)
                        : Refusal.failed(WaitingListProblem.STANDING_GONE));
    }

    /**
     * How far homes went on a list, by year, estate and size.
     *
     * @param fewest households of a group that is told
     */
    Future<List<ResultStore.Result>> results(
            ListKey list, int fewest, ResultStore.@Nullable Group after, int limit, LocalDate today) {
        return results.hasList(db, list)
                .compose(has -> has
                        ? results.results(db, list, fewest, after, limit)
                        : rulesOf(list, today).map(policy -> List.<ResultStore.Result>of()));
    }

    /** A city that has no such programme has no such list. */
    private Future<PolicyDocument> rulesOf(ListKey list, LocalDate today) {
        return policies.findInForce(db, list.cityCode(), list.programme(), today)
                .compose(StandingService::orNotFound);
    }

    /** The newest order of a list that holds the fact with this number, derived anew where that is quick. */
    private Future<Standing> fresh(ListKey list, long holding, Instant now) {
        return standings
                .newest(db, list)
                .compose(StandingService::orNotFound)
                .compose(newest -> freshOf(list, newest, holding, now));
    }

    private Future<Standing> freshOf(ListKey list, Newest newest, long holding, Instant now) {
        var standing = newest.standing();
        boolean mustDerive = standing == null || standing.version() < holding;
        boolean isCurrent = standing != null && standing.isCurrent(newest.registerVersion(), Shanghai.date(now));
        if (standing != null && !mustDerive && (isCurrent || standing.total() > FRESH_ON_READ)) {
            return Future.succeededFuture(standing);
        }
        return derivation.derive(list, now);
    }

    /** Brings the lists up to this moment that no reader waits for: the others are derived when somebody looks. */
    private Future<Void> deriveLong(Instant now) {
        return standings.lists(db).compose(lists -> {
            Future<Void> done = Future.succeededFuture();
            for (var list : lists) {
                done = done.compose(before -> deriveIfLong(list, now));
            }
            return done;
        });
    }

    private Future<Void> deriveIfLong(ListKey list, Instant now) {
        return standings.newest(db, list).compose(found -> {
            var standing = found.map(Newest::standing).orElse(null);
            return standing != null && standing.total() > FRESH_ON_READ
                    ? derivation.derive(list, now).mapEmpty()
                    : Future.succeededFuture();
        });
    }

    private Future<Void> prune(Instant now) {
        var today = Shanghai.date(now);
        var keepFrom = today.minusDays(KEEP_DAYS);
        return standings.over(db, keepFrom, today).compose(over -> {
            Future<Void> done = Future.succeededFuture();
            for (long one : over) {
                done = done.compose(before -> db.inTransaction(tx -> standings.clear(tx, one, keepFrom, today)));
            }
            return done;
        });
    }

    private static <T> Future<T> orNotFound(Optional<T> found) {
        return found.isPresent() ? Future.succeededFuture(found.get()) : Refusal.failed(PlatformProblem.NOT_FOUND);
    }
}
