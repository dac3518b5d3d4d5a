package io.anju.waitinglist;

import io.anju.application.ApplicationService;
import io.anju.application.ApplicationState;
import io.anju.application.CaseFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.PublicList.Page;
import io.anju.waitinglist.Registration.ListKey;
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
    private static final Duration DERIVE_EVERY = Duration.ofMinutes(10);

    private final Db db;
    private final ApplicationService applications;
    private final PolicyService policies;
    private final WaitingListStore store;
    private final StandingStore standings;
    private final PlaceStore places = new PlaceStore();
    private final ResultStore results = new ResultStore();
    private final Derivation derivation;
    private final FreshOrders fresh;
    private final OwnStanding own;
    private final PublicList publicList;
    private final WaitingTimes waitingTimes;

    public StandingService(Db db, Vertx vertx, Vault vault, ApplicationService applications, PolicyService policies) {
        this.db = db;
        this.applications = applications;
        this.policies = policies;
        this.store = new WaitingListStore(vault);
        this.standings = new StandingStore();
        this.derivation = new Derivation(db, vertx, vault, policies);
        this.fresh = new FreshOrders(db, standings, derivation);
        this.publicList = new PublicList(db, policies, standings, places);
        this.waitingTimes = new WaitingTimes(db, vertx, standings, derivation);
        this.own = new OwnStanding(db, vault, policies, standings, places, fresh, waitingTimes);
    }

    /** A household's place in the newest publication of its list. */
    public record PublishedPlace(UUID publicationId, String period, LocalDate asOf, int rank, int total) {}

    /** Whoever knows what was published. */
    @FunctionalInterface
    public interface PublishedPlaces {
        Future<Optional<PublishedPlace>> latest(Registration registration);
    }

    /** What a receipt number tells anyone. */
    public record ReceiptState(
            String receiptNumber, String state, @Nullable Standing standing, int rank) {}

    /** Names who knows what was published; before the first request. */
    public void usePublications(PublishedPlaces publications) {
        own.usePublications(publications);
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
        jobs.every(DERIVE_EVERY, "waitinglist.derive", job -> fresh.deriveLong(job.now()));
        jobs.every(Duration.ofDays(1), "waitinglist.prune", job -> fresh.prune(job.now()));
        jobs.every(Duration.ofDays(1), "waitinglist.flow", job -> waitingTimes.compute(job.now()));
    }

    /** The caller's own registration; what is not the caller's is not there. */
    public Future<OwnStanding.MyStanding> mine(ResidentCaller caller, UUID applicationId, Instant now) {
        return own.of(caller, applicationId, now);
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
                        .compose(Refusal::orNotFound)
                        .compose(registration -> registered(registration, now))
                : Future.succeededFuture(
                        new ReceiptState(file.receiptNumber(), file.state().id(), null, 0));
    }

    /** A household of a register that was taken over has a receipt number and no application. */
    private Future<ReceiptState> imported(String receiptNumber, Instant now) {
        return store.byReceipt(db, receiptNumber.toUpperCase(Locale.ROOT))
                .compose(Refusal::orNotFound)
                .compose(registration -> registered(registration, now));
    }

    private Future<ReceiptState> registered(Registration registration, Instant now) {
        var number = registration.receiptNumber();
        if (registration.exit() != null) {
            return Future.succeededFuture(new ReceiptState(number, "left_list", null, 0));
        }
        return fresh.of(registration.list(), registration.sequence(), now)
                .compose(standing -> standings
                        .line(db, standing.id(), registration.id())
                        .compose(Refusal::orNotFound)
                        .map(line ->
                                new ReceiptState(number, ApplicationState.REGISTERED.id(), standing, line.rank())));
    }

    /** The first page of the public list, from the newest order; the next ones stay with it. */
    Future<Page> firstPage(ListKey list, ListPart part, int limit, Instant now) {
        return standings
                .newest(db, list)
                .compose(newest -> newest.isEmpty()
                        ? emptyPage(list, now)
                        : fresh.of(list, newest.get(), 0, now)
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
                .compose(Refusal::orNotFound);
    }
}
