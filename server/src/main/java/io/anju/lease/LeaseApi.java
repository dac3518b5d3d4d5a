package io.anju.lease;

import io.anju.api.LeaseOperations;
import io.anju.api.model.CreateLeaseRequest;
import io.anju.api.model.DecideRenewalRequest;
import io.anju.api.model.EndLeaseRequest;
import io.anju.api.model.HomeImport;
import io.anju.api.model.HomePage;
import io.anju.api.model.LeasePage;
import io.anju.api.model.RecordHandOverRequest;
import io.anju.api.model.RecordHomeReturnRequest;
import io.anju.api.model.RecordLeaseFilingRequest;
import io.anju.api.model.RecordMoveInRequest;
import io.anju.api.model.RecordTenantChangeRequest;
import io.anju.api.model.RenewalDecision;
import io.anju.api.model.WithdrawLeaseRequest;
import io.anju.lease.Lease.Ground;
import io.anju.lease.LeaseFile.Signer;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The contract's side of homes and leases. */
public final class LeaseApi implements LeaseOperations {
    private static final String HOMES = "listHomes";
    private static final String LEASES = "listLeases";
    private static final String MINE = "listMyLeases";

    private final LeaseService service;
    private final HomeService homes;
    private final Db db;
    private final Once once;
    private final Cursors cursors;

    public LeaseApi(LeaseService service, HomeService homes, Db db, Once once, Cursors cursors) {
        this.service = service;
        this.homes = homes;
        this.db = db;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<HomeImport>> importHomes(Request request, CityCaller caller) {
        return once.run(
                request,
                () -> homes.read(request.upload().content()),
                (tx, rows) -> homes.enter(tx, caller, rows, request.now())
                        .map(done -> new HomeImport(done.rowsRead(), done.added(), done.known(), done.estates()))
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<HomePage>> listHomes(
            Request request,
            CityCaller caller,
            @Nullable String estateName,
            @Nullable Boolean vacant,
            @Nullable String cursor,
            int limit) {
        var name = String.join("/", HOMES, String.valueOf(estateName), String.valueOf(vacant));
        var place = cursor == null ? null : cursors.open(name, 3, cursor);
        var after = place == null ? null : new HomeStore.Place(place.get(0), place.get(1), place.get(2));
        return homes.list(caller, request.today(), estateName, vacant, after, limit + 1)
                .map(found -> {
                    var page = cursors.pageBy(name, found, limit, LeaseApi::place);
                    return Reply.of(new HomePage(
                            page.as(one -> LeaseContract.home(one.home(), one.vacant())), page.nextCursor()));
                });
    }

    private static List<String> place(HomeStore.Listed last) {
        return List.of(
                last.home().estateName(), last.home().building(), last.home().number());
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> createLease(
            Request request, CityCaller caller, CreateLeaseRequest body) {
        var cityCode = caller.office().cityCode();
        var order = new SignOrder(
                body.programme(),
                body.homeId(),
                body.registrationId(),
                LeaseContract.signer(body.tenant()),
                LeaseContract.signers(body.coTenants()),
                LeaseContract.household(body.household(), cityCode, request.today()),
                body.from(),
                body.to(),
                body.signedOn());
        return change(request, tx -> service.sign(tx, caller, order, request.now()));
    }

    @Override
    public Future<Reply<LeasePage>> listLeases(
            Request request,
            CityCaller caller,
            io.anju.api.model.@Nullable LeaseState state,
            @Nullable String cursor,
            int limit) {
        var name = LEASES + "/" + (state == null ? "" : state.wire());
        var wanted = state == null ? null : LeaseState.of(state.wire());
        return service.list(caller, wanted, cursors.uuid(name, cursor), limit + 1)
                .map(found -> page(name, found, limit));
    }

    @Override
    public Future<Reply<LeasePage>> listMyLeases(
            Request request, ResidentCaller caller, @Nullable String cursor, int limit) {
        return service.mine(caller, cursors.uuid(MINE, cursor), limit + 1).map(found -> page(MINE, found, limit));
    }

    private Reply<LeasePage> page(String name, List<Lease> found, int limit) {
        var page = cursors.page(name, found, limit, Lease::id);
        return Reply.of(new LeasePage(page.as(LeaseContract::lease), page.nextCursor()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> getLeaseRecord(Request request, CityCaller caller, UUID leaseId) {
        return service.get(db, caller, leaseId).compose(file -> whole(request, file));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> getLease(Request request, ResidentCaller caller, UUID leaseId) {
        return service.getMine(db, caller, leaseId)
                .compose(mine -> mine.tenancy().isHeld()
                        ? whole(request, mine.file())
                        // what was amended later tells of the household that followed
                        : Future.succeededFuture(reply(request, mine.file())));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> recordHandOver(
            Request request, CityCaller caller, UUID leaseId, RecordHandOverRequest body) {
        return change(request, tx -> service.handOver(tx, caller, leaseId, body.handedOverOn(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> recordMoveIn(
            Request request, CityCaller caller, UUID leaseId, RecordMoveInRequest body) {
        return change(request, tx -> service.moveIn(tx, caller, leaseId, body.movedInOn(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> recordLeaseFiling(
            Request request, CityCaller caller, UUID leaseId, RecordLeaseFilingRequest body) {
        return change(
                request, tx -> service.file(tx, caller, leaseId, body.filingNumber(), body.filedOn(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> recordTenantChange(
            Request request, CityCaller caller, UUID leaseId, RecordTenantChangeRequest body) {
        var tenant = new Signer(body.fullName(), body.nationalId());
        return change(
                request,
                tx -> service.changeTenant(tx, caller, leaseId, tenant, body.from(), body.reason(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> endLease(
            Request request, CityCaller caller, UUID leaseId, EndLeaseRequest body) {
        var ending =
                new LeaseEnds.Ending(body.lastDay(), Ground.of(body.ground().wire()), body.reason(), body.returnedOn());
        return change(request, tx -> service.ends().end(tx, caller, leaseId, ending, request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> recordHomeReturn(
            Request request, CityCaller caller, UUID leaseId, RecordHomeReturnRequest body) {
        return change(request, tx -> service.ends().giveBack(tx, caller, leaseId, body.returnedOn(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> withdrawLease(
            Request request, CityCaller caller, UUID leaseId, WithdrawLeaseRequest body) {
        return change(request, tx -> service.ends().withdraw(tx, caller, leaseId, body.reason(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> decideRenewal(
            Request request, CityCaller caller, UUID leaseId, DecideRenewalRequest body) {
        var approves = body.decision() == RenewalDecision.APPROVE;
        if (approves && body.to() == null) {
            throw Refusal.at("/to", LeaseProblem.RENEWAL_TERM_REQUIRED);
        }
        var to = approves ? body.to() : null;
        return change(request, tx -> service.renewals().decide(tx, caller, leaseId, to, body.reason(), request.now()));
    }

    @Override
    public Future<Reply<io.anju.api.model.Lease>> requestRenewal(Request request, ResidentCaller caller, UUID leaseId) {
        return change(request, tx -> service.renewals().ask(tx, caller, leaseId, request.now()));
    }

    private Future<Reply<io.anju.api.model.Lease>> change(Request request, Function<Tx, Future<LeaseFile>> effect) {
        return once.run(request, tx -> effect.apply(tx).map(file -> reply(request, file)));
    }

    private Future<Reply<io.anju.api.model.Lease>> whole(Request request, LeaseFile file) {
        return service.amendments(db, file.lease().id())
                .map(amendments -> Reply.of(LeaseContract.lease(file, amendments, request.language())));
    }

    private static Reply<io.anju.api.model.Lease> reply(Request request, LeaseFile file) {
        return Reply.of(LeaseContract.lease(file, request.language()));
    }
}
