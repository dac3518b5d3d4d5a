package io.anju.arrears;

import io.anju.api.ArrearsOperations;
import io.anju.api.model.ArrearsAction;
import io.anju.api.model.ArrearsCaseFile;
import io.anju.api.model.ArrearsCasePage;
import io.anju.api.model.ArrearsException;
import io.anju.api.model.ArrearsExceptionPage;
import io.anju.api.model.ArrearsOffice;
import io.anju.api.model.ArrearsOrder;
import io.anju.api.model.ArrearsPause;
import io.anju.api.model.ArrearsProposal;
import io.anju.api.model.ArrearsRequest;
import io.anju.api.model.ArrearsRequestDecision;
import io.anju.api.model.ArrearsStanding;
import io.anju.api.model.ArrearsStep;
import io.anju.api.model.DecideArrearsProposalRequest;
import io.anju.api.model.DecideArrearsRequestRequest;
import io.anju.api.model.DecideLateFeeWaiverRequest;
import io.anju.api.model.EndArrearsPauseRequest;
import io.anju.api.model.LateFeeWaiver;
import io.anju.api.model.LateFeeWaiverDecision;
import io.anju.api.model.ProposeLateFeeWaiverRequest;
import io.anju.api.model.RecordArrearsDeliveryRequest;
import io.anju.api.model.RecordArrearsPauseRequest;
import io.anju.api.model.RequestArrearsReliefRequest;
import io.anju.arrears.ArrearsCase.Delivery;
import io.anju.arrears.ArrearsService.PauseOrder;
import io.anju.arrears.WorkLines.Line;
import io.anju.arrears.WorkListStore.Filter;
import io.anju.arrears.WorkListStore.LeftOut;
import io.anju.arrears.WorkListStore.Place;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.Reply;
import io.anju.platform.http.Request;
import io.anju.platform.http.ResidentCaller;
import io.anju.policy.ArrearsAnswer.Action;
import io.anju.policy.ArrearsFollowUp.Channel;
import io.anju.policy.ArrearsFollowUp.Office;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The contract's side of arrears. */
public final class ArrearsApi implements ArrearsOperations {
    private static final String LIST = "listArrearsCases";
    private static final String EXCEPTIONS = "listArrearsExceptions";

    private final ArrearsService service;
    private final Desks desks;
    private final Once once;
    private final Cursors cursors;

    /** Who decides on what. */
    record Desks(HardshipDesk hardship, ProposalDesk proposals, WaiverDesk waivers, Sheets sheets) {}

    ArrearsApi(ArrearsService service, Desks desks, Once once, Cursors cursors) {
        this.service = service;
        this.desks = desks;
        this.once = once;
        this.cursors = cursors;
    }

    @Override
    public Future<Reply<ArrearsStanding>> getMyArrears(
            Request request, ResidentCaller caller, UUID leaseId, @Nullable LocalDate tenantFrom) {
        return service.mine(caller, leaseId, tenantFrom, request.now())
                .map(sheet -> Reply.of(ArrearsContract.sheet(sheet, request.language())));
    }

    @Override
    public Future<Reply<ArrearsCasePage>> listArrearsCases(
            Request request,
            CityCaller caller,
            @Nullable ArrearsAction stage,
            @Nullable ArrearsOffice office,
            @Nullable Boolean paused,
            int leastDays,
            @Nullable Long leastFen,
            @Nullable Boolean waiting,
            @Nullable ArrearsOrder order,
            @Nullable String cursor,
            int limit) {
        var filter = new Filter(
                caller.office().cityCode(),
                stage == null ? null : ArrearsCase.of(Action.class, stage.wire()),
                office == null ? null : ArrearsCase.of(Office.class, office.wire()),
                paused,
                waiting,
                leastDays,
                leastFen == null ? 0 : leastFen);
        var name = LIST + "/" + Objects.hash(stage, office, paused, waiting, leastDays, leastFen, order);
        return (order == ArrearsOrder.URGENCY
                        ? service.urgent(filter, place(name, cursor), limit + 1, request.today())
                                .map(found -> cursors.pageBy(name, found, limit, ArrearsApi::values))
                        : service.newest(filter, cursors.uuid(name, cursor), limit + 1, request.today())
                                .map(found -> cursors.page(
                                        name, found, limit, line -> line.of().id())))
                .map(page -> Reply.of(new ArrearsCasePage(page.as(ArrearsContract::line), page.nextCursor())));
    }

    private static List<?> values(Line line) {
        var place = line.place();
        return List.of(place.rank(), place.since(), place.caseId());
    }

    private @Nullable Place place(String name, @Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        var values = cursors.open(name, 3, cursor);
        return new Place(
                Integer.parseInt(values.get(0)), LocalDate.parse(values.get(1)), UUID.fromString(values.get(2)));
    }

    @Override
    public Future<Reply<ArrearsExceptionPage>> listArrearsExceptions(
            Request request, CityCaller caller, @Nullable String cursor, int limit) {
        LeftOut before = null;
        if (cursor != null) {
            var values = cursors.open(EXCEPTIONS, 2, cursor);
            before = new LeftOut(LocalDate.parse(values.get(0)), UUID.fromString(values.get(1)), "");
        }
        return service.leftOut(caller, before, limit + 1)
                .map(found -> cursors.pageBy(EXCEPTIONS, found, limit, last -> List.of(last.day(), last.leaseId())))
                .map(page -> Reply.of(new ArrearsExceptionPage(
                        page.as(one -> new ArrearsException(one.day(), one.leaseId(), one.reason())),
                        page.nextCursor())));
    }

    @Override
    public Future<Reply<ArrearsCaseFile>> getArrearsCase(Request request, CityCaller caller, UUID arrearsCaseId) {
        return service.open(caller, arrearsCaseId, request.now())
                .map(file -> Reply.of(ArrearsContract.file(file, request.language())));
    }

    @Override
    public Future<Reply<ArrearsCaseFile>> recordArrearsPause(
            Request request, CityCaller caller, UUID arrearsCaseId, RecordArrearsPauseRequest body) {
        var order = new PauseOrder(
                ArrearsCase.of(PauseReason.class, body.reason().wire()), body.from(), body.to(), body.note());
        return once.run(
                request,
                tx -> service.pause(tx, caller, arrearsCaseId, order, request.now())
                        .map(file -> Reply.of(ArrearsContract.file(file, request.language()))));
    }

    @Override
    public Future<Reply<ArrearsPause>> endArrearsPause(
            Request request, CityCaller caller, UUID arrearsPauseId, EndArrearsPauseRequest body) {
        return once.run(
                request,
                tx -> service.endPause(tx, caller, arrearsPauseId, body.note(), request.now())
                        .map(ArrearsContract::pause)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<ArrearsStep>> recordArrearsDelivery(
            Request request, CityCaller caller, UUID arrearsStepId, RecordArrearsDeliveryRequest body) {
        var delivery =
                new Delivery(ArrearsCase.of(Channel.class, body.channel().wire()), body.deliveredOn(), body.note());
        return once.run(
                request,
                tx -> service.deliver(tx, caller, arrearsStepId, delivery, request.now())
                        .map(step -> Reply.of(ArrearsContract.step(step, request.language()))));
    }

    @Override
    public Future<Reply<ArrearsRequest>> requestArrearsRelief(
            Request request,
            ResidentCaller caller,
            UUID leaseId,
            @Nullable LocalDate tenantFrom,
            RequestArrearsReliefRequest body) {
        var order = new HardshipDesk.Order(
                ArrearsCase.of(HardshipRequest.Kind.class, body.kind().wire()),
                body.reason(),
                body.until(),
                body.instalments());
        return once.run(
                request,
                tx -> desks.hardship()
                        .ask(tx, caller, leaseId, tenantFrom, order, request.now())
                        .map(HardshipContract::request)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<ArrearsRequest>> withdrawArrearsRequest(
            Request request, ResidentCaller caller, UUID arrearsRequestId) {
        return once.run(
                request,
                tx -> desks.hardship()
                        .withdraw(tx, caller, arrearsRequestId, request.now())
                        .map(HardshipContract::request)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<ArrearsRequest>> decideArrearsRequest(
            Request request, CityCaller caller, UUID arrearsRequestId, DecideArrearsRequestRequest body) {
        var grants = body.decision() == ArrearsRequestDecision.GRANT;
        return once.run(
                request,
                tx -> desks.hardship()
                        .decide(tx, caller, arrearsRequestId, grants, body.reason(), request.now())
                        .map(HardshipContract::request)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<ArrearsProposal>> decideArrearsProposal(
            Request request, CityCaller caller, UUID arrearsProposalId, DecideArrearsProposalRequest body) {
        var wanted =
                switch (body.decision()) {
                    case ENDORSE -> Proposal.State.ENDORSED;
                    case APPROVE -> Proposal.State.APPROVED;
                    case REFUSE -> Proposal.State.REFUSED;
                };
        return once.run(
                request,
                tx -> desks.proposals()
                        .decide(
                                tx,
                                caller,
                                arrearsProposalId,
                                new ProposalDesk.Ruling(wanted, body.lastDay(), body.reason()),
                                request.now())
                        .compose(proposal -> desks.sheets()
                                .of(tx, proposal.leaseId(), proposal.tenantFrom(), request.today())
                                .map(sheet -> HardshipContract.proposal(proposal, sheet, request.language())))
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<LateFeeWaiver>> proposeLateFeeWaiver(
            Request request, CityCaller caller, UUID billId, ProposeLateFeeWaiverRequest body) {
        return once.run(
                request,
                tx -> desks.waivers()
                        .propose(tx, caller, billId, body.amountFen(), body.reason(), request.now())
                        .map(HardshipContract::waiver)
                        .map(Reply::of));
    }

    @Override
    public Future<Reply<LateFeeWaiver>> decideLateFeeWaiver(
            Request request, CityCaller caller, UUID lateFeeWaiverId, DecideLateFeeWaiverRequest body) {
        var approves = body.decision() == LateFeeWaiverDecision.APPROVE;
        return once.run(
                request,
                tx -> desks.waivers()
                        .decide(tx, caller, lateFeeWaiverId, approves, body.reason(), request.now())
                        .map(HardshipContract::waiver)
                        .map(Reply::of));
    }
}
