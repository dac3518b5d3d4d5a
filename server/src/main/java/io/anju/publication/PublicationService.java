package io.anju.publication;

import static io.anju.publication.Publication.HEX;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Tree;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyService;
import io.anju.publication.Publication.Request;
import io.anju.publication.Publication.Runs;
import io.anju.waitinglist.Registration;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.StandingService;
import io.anju.waitinglist.WaitingListService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Publishes waiting lists, shows what was published, and proves each household its own row. */
public final class PublicationService {
    private static final String PUBLISH = "publication.publish";
    private static final Duration LOOK_AFTER = Duration.ofHours(1);

    private final Db db;
    private final StandingService standings;
    private final WaitingListService register;
    private final PublicationStore store = new PublicationStore();
    private final Publishing publishing;
    private final DownloadPieces pieces;

    public PublicationService(
            Db db,
            Vertx vertx,
            Vault vault,
            PolicyService policies,
            StandingService standings,
            WaitingListService register) {
        this.db = db;
        this.standings = standings;
        this.pieces = new DownloadPieces(vertx);
        this.register = register;
        this.publishing = new Publishing(db, vertx, vault, policies, standings, store);
        standings.usePublications(registration -> store.place(db, registration));
    }

    /** Names the work: what was asked for, what the calendar asks for, and what a dead run left undone. */
    public void handleJobs(Jobs jobs, boolean publishesMonthly) {
        jobs.handle(PUBLISH, this::publish);
        jobs.every(
                LOOK_AFTER,
                "publication.look-after",
                job -> finish(job.now())
                        .compose(done -> publishesMonthly ? askForTheMonth(job.now()) : Future.succeededFuture()));
    }

    private Future<Void> publish(Job job) {
        var id = UUID.fromString(job.key());
        return store.unfinished(db)
                .compose(unfinished -> unfinished.stream()
                        .filter(request -> request.id().equals(id))
                        .findFirst()
                        .map(request -> publishing.publish(request, tx -> Jobs.hold(tx, job), job.now()))
                        .orElseGet(Future::succeededFuture));
    }

    /** Goes on with what has been waiting for long: its own job has died or was given up. */
    private Future<Void> finish(Instant now) {
        return store.unfinished(db).compose(unfinished -> {
            Future<Void> done = Future.succeededFuture();
            for (var request : unfinished) {
                if (request.requestedAt().isBefore(now.minus(LOOK_AFTER))) {
                    done = done.compose(before -> publishing.publish(request, tx -> Future.succeededFuture(), now));
                }
            }
            return done;
        });
    }

    private Future<Void> askForTheMonth(Instant now) {
        var period = YearMonth.from(Shanghai.date(now)).toString();
        return standings.lists(db).compose(lists -> {
            Future<Void> done = Future.succeededFuture();
            for (var list : lists) {
                done = done.compose(before -> db.inTransaction(tx -> askForTheMonth(tx, list, period, now)));
            }
            return done;
        });
    }

    private Future<Void> askForTheMonth(Tx tx, ListKey list, String period, Instant now) {
        var request = new Request(Ids.next(now), list, period, null, now);
        return store.lockList(tx, list)
                .compose(locked -> Future.all(store.hasPeriod(tx, list, period), isUnderWay(tx, list)))
                .compose(either -> either.<Boolean>list().contains(true)
                        ? Future.succeededFuture()
                        : ask(tx, request, Caller.SYSTEM));
    }

    /** Asks for a publication of the caller's own city, to be made in the background. */
    public Future<Request> publish(
            Tx tx, CityCaller caller, String programme, String period, String reason, Instant now) {
        var office = caller.office();
        requireMasked(reason);
        var list = new ListKey(office.cityCode(), programme);
        var request = new Request(Ids.next(now), list, period, reason, now);
        return standings
                .lists(tx)
                .compose(lists ->
                        lists.contains(list) ? store.lockList(tx, list) : Refusal.failed(PlatformProblem.NOT_FOUND))
                .compose(locked -> isUnderWay(tx, list))
                .compose(busy ->
                        busy ? Refusal.failed(PublicationProblem.PUBLICATION_UNDER_WAY) : ask(tx, request, caller))
                .map(request);
    }

    private static void requireMasked(String reason) {
        try {
            Masking.requireMasked(reason);
        } catch (IllegalArgumentException e) {
            var code = PublicationProblem.PERSONAL_DATA_IN_REASON;
            throw Refusal.of(code, List.of(Finding.of("/reason", code)));
        }
    }

    private Future<Boolean> isUnderWay(Tx tx, ListKey list) {
        return store.unfinished(tx)
                .map(unfinished ->
                        unfinished.stream().anyMatch(request -> request.list().equals(list)));
    }

    private Future<Void> ask(Tx tx, Request request, Caller caller) {
        return store.insertRequest(tx, request, caller.id())
                .compose(asked -> Audit.record(
                        tx, caller, "waiting-list.publication-asked", "publication", request.id(), request.period()))
                .compose(audited -> Jobs.enqueue(tx, PUBLISH, request.id().toString(), "{}", request.requestedAt()));
    }

    /** Publications of a list, newest first. */
    Future<List<Publication>> list(ListKey list, @Nullable UUID before, int limit) {
        return store.list(db, list, before, limit);
    }

    Future<Publication> latest(ListKey list) {
        return store.list(db, list, null, 1)
                .compose(found -> Refusal.orNotFound(found.stream().findFirst()));
    }

    Future<Publication> get(UUID id) {
        return store.byId(db, id).compose(Refusal::orNotFound);
    }

    DownloadPieces pieces() {
        return pieces;
    }

    /** The texts of the rows of a run. */
    Future<List<String>> rows(Publication publication, int run) {
        return store.run(db, publication.id(), run)
                .map(found -> found.map(Run::rows)
                        .orElseThrow(() ->
                                new IllegalStateException("rows of publication " + publication.id() + " are missing")));
    }

    /** The proof of the caller's own row; what is not the caller's is not there. */
    Future<Proof> prove(ResidentCaller caller, UUID applicationId, @Nullable UUID publicationId) {
        return register.find(db, applicationId)
                .map(found ->
                        found.filter(registration -> registration.residentId().equals(caller.id())))
                .compose(Refusal::orNotFound)
                .compose(registration -> (publicationId == null ? latest(registration.list()) : get(publicationId))
                        .compose(publication -> prove(registration, publication)));
    }

    private Future<Proof> prove(Registration registration, Publication publication) {
        return store.rank(db, publication.id(), registration.sequence())
                .compose(Refusal::orNotFound)
                .compose(rank -> Future.all(
                                store.run(db, publication.id(), Run.of(rank)).compose(Refusal::orNotFound),
                                store.runs(db, publication.id()))
                        .map(read -> proof(registration, publication, rank, read.resultAt(0), read.resultAt(1))));
    }

    /** The path leads through the leaf's own run, and from that run's root on through the roots of all runs. */
    private static Proof proof(Registration registration, Publication publication, int rank, Run run, Runs runs) {
        int index = (rank - 1) % Runs.ROWS;
        var path = new ArrayList<>(Tree.path(run.leaves(), index));
        path.addAll(Tree.path(runs.list(), run.number()));
        return new Proof(
                publication.id().toString(),
                rank - 1,
                publication.total(),
                run.rows().get(index),
                HEX.formatHex(run.salt(index)),
                registration.id(),
                registration.applicationId(),
                path.stream().map(HEX::formatHex).toList(),
                publication.root());
    }
}
