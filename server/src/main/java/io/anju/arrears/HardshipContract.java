package io.anju.arrears;

import io.anju.api.model.ArrearsInstalment;
import io.anju.api.model.ArrearsPlan;
import io.anju.api.model.ArrearsPlanState;
import io.anju.api.model.ArrearsProposal;
import io.anju.api.model.ArrearsProposalKind;
import io.anju.api.model.ArrearsProposalState;
import io.anju.api.model.ArrearsRequest;
import io.anju.api.model.ArrearsRequestKind;
import io.anju.api.model.ArrearsRequestState;
import io.anju.api.model.LateFeeWaiver;
import io.anju.api.model.LateFeeWaiverState;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.arrears.WaiverStore.Waiver;
import io.anju.platform.http.Language;

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
    static ArrearsProposal proposal(Proposal proposal, Sheet sheet, Language language) {
        var kept = proposal.file();
        return new ArrearsProposal(
                proposal.id(),
                ArrearsProposalKind.of(ArrearsCase.id(proposal.kind())),
                ArrearsProposalState.of(ArrearsCase.id(proposal.state())),
                proposal.proposedOn(),
                ArrearsContract.text(proposal.text(), language),
                proposal.decidedOn(),
                proposal.decision(),
                proposal.withdrawnOn(),
                kept != null
                        ? FileContract.file(ProposalFile.read(kept))
                        : proposal.isOpen() ? FileContract.file(ProposalFile.of(sheet)) : null);
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
