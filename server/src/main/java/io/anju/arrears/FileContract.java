package io.anju.arrears;

import io.anju.api.model.ArrearsAction;
import io.anju.api.model.ArrearsChannel;
import io.anju.api.model.ArrearsDelivery;
import io.anju.api.model.ArrearsFiledBill;
import io.anju.api.model.ArrearsFiledLease;
import io.anju.api.model.ArrearsFiledNotice;
import io.anju.api.model.ArrearsFiledPause;
import io.anju.api.model.ArrearsFiledPayment;
import io.anju.api.model.ArrearsFiledRequest;
import io.anju.api.model.ArrearsOffice;
import io.anju.api.model.ArrearsPauseReason;
import io.anju.api.model.ArrearsPlanState;
import io.anju.api.model.ArrearsProposalFile;
import io.anju.api.model.ArrearsRequestKind;
import io.anju.api.model.ArrearsRequestState;
import io.anju.arrears.ProposalFile.FiledBill;
import io.anju.arrears.ProposalFile.FiledLease;
import io.anju.arrears.ProposalFile.FiledRequest;
import io.anju.arrears.ProposalFile.Notice;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Files of proposals in the contract's words. */
final class FileContract {
    private FileContract() {}

    static ArrearsProposalFile file(ProposalFile file) {
        return new ArrearsProposalFile(
                LocalDate.parse(file.asOf()),
                file.overdueFen(),
                file.lateFeeDueFen(),
                lease(file.lease()),
                file.bills().stream().map(FileContract::bill).toList(),
                file.payments().stream()
                        .map(one -> new ArrearsFiledPayment(one.billId(), LocalDate.parse(one.on()), one.fen()))
                        .toList(),
                file.notices().stream().map(FileContract::notice).toList(),
                file.pauses().stream()
                        .map(one -> new ArrearsFiledPause(
                                ArrearsPauseReason.of(one.reason()),
                                LocalDate.parse(one.from()),
                                LocalDate.parse(one.to())))
                        .toList(),
                file.requests().stream().map(FileContract::request).toList());
    }

    private static @Nullable ArrearsFiledLease lease(@Nullable FiledLease lease) {
        return lease == null
                ? null
                : new ArrearsFiledLease(
                        lease.number(),
                        lease.programme(),
                        lease.provider(),
                        lease.estate(),
                        lease.building(),
                        lease.home(),
                        LocalDate.parse(lease.from()),
                        LocalDate.parse(lease.to()),
                        lease.monthlyRentFen(),
                        lease.policyDigest(),
                        lease.maskedTenant(),
                        day(lease.tenantFrom()),
                        day(lease.tenantTo()));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        return text == null ? null : LocalDate.parse(text);
    }

    private static ArrearsFiledBill bill(FiledBill bill) {
        return new ArrearsFiledBill(
                bill.billId(),
                LocalDate.parse(bill.from()),
                LocalDate.parse(bill.to()),
                LocalDate.parse(bill.dueOn()),
                bill.ownFen(),
                bill.dueFen(),
                bill.lateFeeFen());
    }

    private static ArrearsFiledNotice notice(Notice notice) {
        return new ArrearsFiledNotice(
                ArrearsAction.of(notice.action()),
                ArrearsOffice.of(Objects.requireNonNullElse(notice.office(), "district")),
                LocalDate.parse(notice.takenOn()),
                notice.overdueFen(),
                Objects.requireNonNullElse(notice.text(), ""),
                notice.deliveries().stream()
                        .map(delivery -> new ArrearsDelivery(
                                ArrearsChannel.of(delivery.channel()),
                                LocalDate.parse(delivery.deliveredOn()),
                                delivery.note()))
                        .toList());
    }

    private static ArrearsFiledRequest request(FiledRequest request) {
        var decidedOn = request.decidedOn();
        var plan = request.plan();
        return new ArrearsFiledRequest(
                ArrearsRequestKind.of(request.kind()),
                ArrearsRequestState.of(request.state()),
                LocalDate.parse(request.askedOn()),
                day(decidedOn),
                request.decision(),
                plan == null ? null : ArrearsPlanState.of(plan));
    }
}
