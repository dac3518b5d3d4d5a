package io.anju.arrears;

import io.anju.api.model.ArrearsAction;
import io.anju.api.model.ArrearsChannel;
import io.anju.api.model.ArrearsDelivery;
import io.anju.api.model.ArrearsFiledBill;
import io.anju.api.model.ArrearsFiledNotice;
import io.anju.api.model.ArrearsInstalment;
import io.anju.api.model.ArrearsPlan;
import io.anju.api.model.ArrearsPlanState;
import io.anju.api.model.ArrearsProposal;
import io.anju.api.model.ArrearsProposalFile;
import io.anju.api.model.ArrearsProposalKind;
import io.anju.api.model.ArrearsProposalState;
import io.anju.api.model.ArrearsRequest;
import io.anju.api.model.ArrearsRequestKind;
import io.anju.api.model.ArrearsRequestState;
import io.anju.api.model.LateFeeWaiver;
import io.anju.api.model.LateFeeWaiverState;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.ProposalFile.Notice;
import io.anju.arrears.WaiverStore.Waiver;
import io.anju.platform.http.Language;
import java.time.LocalDate;

/** Requests, plans, proposals and waivers in the contract's words. */
final class HardshipContract {
    private HardshipContract() {}

    static ArrearsRequest request(HardshipRequest asked) {
        return new ArrearsRequest(
                asked.id(),
                asked.leaseId(),
                ArrearsRequestKind.of(ArrearsCase.id(asked.kind())),
                asked.reason(),
                asked.until(),
                asked.instalments(),
                ArrearsRequestState.of(ArrearsCase.id(asked.state())),
                asked.askedOn(),
                asked.decidedOn(),
                asked.decision());
    }

    static ArrearsPlan plan(Plan plan) {
        return new ArrearsPlan(
                plan.id(),
                ArrearsPlanState.of(ArrearsCase.id(plan.state())),
                plan.debtFen(),
                plan.paidFen(),
                PlanPolicy.paid(plan.instalments(), plan.paidFen()).stream()
                        .map(one -> new ArrearsInstalment(one.number(), one.dueOn(), one.fen(), one.paidFen()))
                        .toList(),
                plan.endedOn());
    }

    /** The file as it was kept when it was approved, or as it stands while nobody has decided. */
    static ArrearsProposal proposal(Proposal proposal, Standing standing, Language language) {
        var kept = proposal.file();
        return new ArrearsProposal(
                proposal.id(),
                ArrearsProposalKind.of(ArrearsCase.id(proposal.kind())),
                ArrearsProposalState.of(ArrearsCase.id(proposal.state())),
                proposal.proposedOn(),
                ArrearsContract.text(proposal.text(), language),
                proposal.decidedOn(),
                proposal.decision(),
                kept != null
                        ? file(ProposalFile.read(kept))
                        : proposal.isOpen() ? file(ProposalFile.of(standing)) : null);
    }

    private static ArrearsProposalFile file(ProposalFile file) {
        return new ArrearsProposalFile(
                LocalDate.parse(file.asOf()),
                file.overdueFen(),
                file.bills().stream()
                        .map(bill -> new ArrearsFiledBill(
                                bill.billId(),
                                LocalDate.parse(bill.from()),
                                LocalDate.parse(bill.to()),
                                LocalDate.parse(bill.dueOn()),
                                bill.dueFen()))
                        .toList(),
                file.notices().stream().map(HardshipContract::notice).toList());
    }

    private static ArrearsFiledNotice notice(Notice notice) {
        return new ArrearsFiledNotice(
                ArrearsAction.of(notice.action()),
                LocalDate.parse(notice.takenOn()),
                notice.overdueFen(),
                notice.deliveries().stream()
                        .map(delivery -> new ArrearsDelivery(
                                ArrearsChannel.of(delivery.channel()),
                                LocalDate.parse(delivery.deliveredOn()),
                                delivery.note()))
                        .toList());
    }

    static LateFeeWaiver waiver(Waiver waiver) {
        return new LateFeeWaiver(
                waiver.id(),
                waiver.billId(),
                waiver.amountFen(),
                waiver.reason(),
                LateFeeWaiverState.of(ArrearsCase.id(waiver.state())),
                waiver.proposedAt());
    }
}
