package io.anju.arrears;

import io.anju.arrears.WaiverStore.State;
import io.anju.arrears.WaiverStore.Waiver;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.rent.Bill;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Why;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Late fees that are given up (减免滞纳金): one person proposes, another one decides, and the fee is credited. */
final class WaiverDesk {
    private final Debts debts;
    private final Impartial impartial;
    private final WaiverStore store = new WaiverStore();

    WaiverDesk(Debts debts, Impartial impartial) {
        this.debts = debts;
        this.impartial = impartial;
    }

    Future<Waiver> propose(Tx tx, CityCaller caller, UUID billId, long fen, String reason, Instant now) {
        ArrearsService.requireMasked("/reason", reason);
        return debts.find(tx, billId).compose(found -> {
            var bill = requireFee(caller, found, fen);
            var waiver = new Waiver(
                    Ids.next(now),
                    billId,
                    bill.leaseId(),
                    bill.cityCode(),
                    fen,
                    reason,
                    State.PROPOSED,
                    caller.id(),
                    now);
            return impartial
                    .require(tx, caller, bill.leaseId(), bill.ownedOn())
                    .compose(free -> store.insert(tx, waiver))
                    .compose(written ->
                            Audit.record(tx, caller, "arrears.waiver-proposed", "late-fee-waiver", waiver.id(), reason))
                    .map(waiver);
        });
    }

    private static Bill requireFee(CityCaller caller, Optional<Bill> found, long fen) {
        var cityCode = caller.office().cityCode();
        var bill = found.filter(one -> one.cityCode().equals(cityCode))
                .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND));
        if (bill.charge() != Bill.Charge.LATE_FEE) {
            throw Refusal.of(ArrearsProblem.NOT_A_LATE_FEE);
        }
        if (fen > bill.creditableFen()) {
            throw Refusal.at("/amountFen", ArrearsProblem.WAIVER_BEYOND_FEE);
        }
        return bill;
    }

    Future<Waiver> decide(Tx tx, CityCaller caller, UUID waiverId, boolean approves, String reason, Instant now) {
        ArrearsService.requireMasked("/reason", reason);
        var cityCode = caller.office().cityCode();
        var state = approves ? State.APPROVED : State.REFUSED;
        return store.lock(tx, waiverId)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(waiver -> requireImpartial(tx, caller, waiver)
                        .compose(free -> requireOther(waiver, caller))
                        .compose(other -> approves ? credit(tx, caller, waiver, now) : Future.<Void>succeededFuture())
                        .compose(done -> store.decide(tx, waiverId, state, caller.id(), now, reason))
                        .compose(decided -> Audit.record(
                                tx,
                                caller,
                                "arrears.waiver-" + ArrearsCase.id(state),
                                "late-fee-waiver",
                                waiverId,
                                reason))
                        .compose(audited -> Outbox.append(
                                tx,
                                "arrears.late-fee-waiver-" + ArrearsCase.id(state),
                                waiver.leaseId(),
                                "{\"billId\":\"" + waiver.billId() + "\"}")))
                .compose(told -> store.lock(tx, waiverId))
                .map(Optional::orElseThrow);
    }

    private Future<Void> requireImpartial(Tx tx, CityCaller caller, Waiver waiver) {
        return debts.find(tx, waiver.billId())
                .map(Optional::orElseThrow)
                .compose(bill -> impartial.require(tx, caller, bill.leaseId(), bill.ownedOn()));
    }

    private static Future<Void> requireOther(Waiver waiver, CityCaller caller) {
        if (waiver.state() != State.PROPOSED) {
            return Refusal.failed(ArrearsProblem.LATE_FEE_WAIVER_DECIDED);
        }
        return waiver.proposedBy().equals(caller.id())
                ? Refusal.failed(ArrearsProblem.ARREARS_SECOND_PERSON)
                : Future.succeededFuture();
    }

    /** What was credited meanwhile is not credited again. */
    private Future<Void> credit(Tx tx, CityCaller caller, Waiver waiver, Instant now) {
        var why = new Why("waiver:" + waiver.id(), waiver.reason(), caller.id());
        return debts.takeBack(tx, waiver.leaseId(), List.of(waiver.billId()), waiver.amountFen(), why, now)
                .mapEmpty();
    }
}
