package io.anju.rent;

import io.anju.api.RentOperations;
import io.anju.api.model.BillPage;
import io.anju.api.model.BillRun;
import io.anju.api.model.BillRunException;
import io.anju.api.model.BillRunExceptionCode;
import io.anju.api.model.BillRunExceptionPage;
import io.anju.api.model.BillRunPage;
import io.anju.api.model.CreateBillRunRequest;
import io.anju.api.model.DecideWriteOffRequest;
import io.anju.api.model.IssueCreditNoteRequest;
import io.anju.api.model.Lease;
import io.anju.api.model.ProposeWriteOffRequest;
import io.anju.api.model.RecordRentChangeRequest;
import io.anju.api.model.Statement;
import io.anju.api.model.WriteOff;
import io.anju.api.model.WriteOffDecision;
import io.anju.api.model.WriteOffPage;
import io.anju.api.model.WriteOffState;
import io.anju.lease.LeaseContract;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.policy.DeclaredFacts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contract's side of bills. */
public final class RentApi implements RentOperations {
    private static final String EXCEPTIONS = "listBillRunExceptions";
    private static final String OF_LEASE = "listLeaseBills";
    private static final String MINE = "listMyBills";
    private static final String RUNS = "listBillRuns";
    private static final String WRITE_OFFS = "listWriteOffs";

    private final Vertx vertx;
    private final RentService service;
    private final Once once;
    private final Cursors cursors;

    public RentApi(Vertx vertx, RentService service, Once once, Cursors cursors) {
        this.vertx = vertx;
        this.service = service;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<BillRun>> createBillRun(Request request, CityCaller caller, CreateBillRunRequest body) {
        var month = YearMonth.parse(body.month());
        var dryRun = Boolean.TRUE.equals(body.dryRun());
        return once.run(
                request,
                tx -> service.start(tx, caller, body.programme(), month, dryRun, request.now())
                        .map(RentContract::run)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<BillRun>> getBillRun(Request request, CityCaller caller, UUID runId) {
        return service.run(caller, runId).map(RentContract::run).map(Reply::of);
    }

    @Override
    public Future<Reply<BillRunPage>> listBillRuns(
            Request request, CityCaller caller, @Nullable String cursor, int limit) {
        return service.list(caller, cursors.uuid(RUNS, cursor), limit + 1).map(found -> {
            var page = cursors.page(RUNS, found, limit, RunStore.Run::id);
            return Reply.of(new BillRunPage(page.as(RentContract::run), page.nextCursor()));
        });
    }

    @Override
    public Future<Reply<BillRunExceptionPage>> listBillRunExceptions(
            Request request, CityCaller caller, UUID runId, @Nullable String cursor, int limit) {
        var name = EXCEPTIONS + "/" + runId;
        return service.leftOut(caller, runId, cursors.uuid(name, cursor), limit + 1)
                .map(found -> {
                    var page = cursors.page(name, found, limit, last -> last.leaseId());
                    return Reply.of(new BillRunExceptionPage(
                            page.as(one -> new BillRunException(
                                    one.leaseId(), one.leaseNumber(), BillRunExceptionCode.of(one.code()))),
                            page.nextCursor()));
                });
    }

    @Override
    public Future<Reply<BillPage>> listLeaseBills(
            Request request, CityCaller caller, UUID leaseId, @Nullable String cursor, int limit) {
        var name = OF_LEASE + "/" + leaseId;
        return service.ofLease(caller, leaseId, cursors.uuid(name, cursor), limit + 1)
                .map(found -> page(name, found, limit));
    }

    @Override
    public Future<Reply<BillPage>> listMyBills(
            Request request, ResidentCaller caller, boolean open, @Nullable String cursor, int limit) {
        var name = MINE + "/" + open;
        return service.mine(caller, open, cursors.uuid(name, cursor), limit + 1).map(found -> page(name, found, limit));
    }

    private Reply<BillPage> page(String name, List<Bill> found, int limit) {
        var page = cursors.page(name, found, limit, Bill::id);
        return Reply.of(new BillPage(page.as(RentContract::bill), page.nextCursor()));
    }

    @Override
    public Future<Reply<Lease>> recordRentChange(
            Request request, CityCaller caller, UUID leaseId, RecordRentChangeRequest body) {
        var cityCode = caller.office().cityCode();
        var household =
                body.household() == null ? null : DeclaredFacts.checked(cityCode, body.household(), request.today());
        return once.run(
                request,
                tx -> service.changeRent(tx, caller, leaseId, body.from(), household, body.reason(), request.now())
                        .map(file -> Reply.of(LeaseContract.lease(file, request.language()))));
    }

    @Override
    public Future<Reply<io.anju.api.model.Bill>> issueCreditNote(
            Request request, CityCaller caller, UUID billId, IssueCreditNoteRequest body) {
        return once.run(
                request,
                tx -> service.credit(tx, caller, billId, body.amountFen(), body.reason(), request.now())
                        .map(shown -> Reply.of(RentContract.bill(shown, request.language()))));
    }

    @Override
    public Future<Reply<WriteOff>> proposeWriteOff(
            Request request, CityCaller caller, UUID billId, ProposeWriteOffRequest body) {
        return once.run(
                request,
                tx -> service.writeOffs()
                        .propose(tx, caller, billId, body.amountFen(), body.reason(), request.now())
                        .map(RentContract::writeOff)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<WriteOffPage>> listWriteOffs(
            Request request, CityCaller caller, @Nullable WriteOffState state, @Nullable String cursor, int limit) {
        var wanted = state == null ? null : state.wire();
        var name = WRITE_OFFS + "/" + wanted;
        return service.writeOffs()
                .list(caller, wanted, cursors.uuid(name, cursor), limit + 1)
                .map(found -> {
                    var page = cursors.page(name, found, limit, WriteOffStore.WriteOff::id);
                    return Reply.of(new WriteOffPage(page.as(RentContract::writeOff), page.nextCursor()));
                });
    }

    @Override
    public Future<Reply<WriteOff>> decideWriteOff(
            Request request, CityCaller caller, UUID writeOffId, DecideWriteOffRequest body) {
        var approves = body.decision() == WriteOffDecision.APPROVE;
        return once.run(
                request,
                tx -> service.writeOffs()
                        .decide(tx, caller, writeOffId, approves, body.reason(), request.now())
                        .map(RentContract::writeOff)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<io.anju.api.model.Bill>> getBill(Request request, ResidentCaller caller, UUID billId) {
        return service.mine(caller, billId).map(shown -> Reply.of(RentContract.bill(shown, request.language())));
    }

    @Override
    public Future<Reply<Statement>> getStatement(
            Request request, ResidentCaller caller, UUID leaseId, LocalDate from, LocalDate to) {
        return service.statement(caller, leaseId, from, to, request.now())
                .map(RentContract::statement)
                .map(Reply::of);
    }

    @Override
    public Future<Reply<Buffer>> getStatementPdf(
            Request request, ResidentCaller caller, UUID leaseId, LocalDate from, LocalDate to) {
        return service.explained(caller, leaseId, from, to, request.now())
                .compose(content -> vertx.executeBlocking(() -> StatementPaper.write(content), false)
                        .map(pdf -> Reply.bytes(Buffer.buffer(pdf), "application/pdf")
                                .withHeader(
                                        "Content-Disposition",
                                        "attachment; filename=\"%s-%s-%s.pdf\""
                                                .formatted(content.statement().leaseNumber(), from, to))));
    }
}
