package io.anju.arrears;

import io.anju.arrears.Proposal.Kind;
import io.anju.arrears.Proposal.State;
import io.anju.lease.LeaseService;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How two officials decide on what the rules propose. */
final class ProposalDesk {
    private final LeaseService leases;
    private final Debts debts;
    private final Sheets sheets;
    private final Impartial impartial;
    private final ProposalStore store = new ProposalStore();

    ProposalDesk(LeaseService leases, Debts debts, Sheets sheets, Impartial impartial) {
        this.leases = leases;
        this.debts = debts;
        this.sheets = sheets;
        this.impartial = impartial;
    }

    /** @param lastDay where the end of a lease is approved: the last day of the contract; null for today */
    record Ruling(State wanted, @Nullable LocalDate lastDay, String reason) {
        boolean ends(Proposal proposal) {
            return proposal.kind() == Kind.LEASE_END && wanted == State.APPROVED;
        }
    }

    /** The lease's account is locked first: a payment at the same moment is either seen or comes after the decision. */
    Future<Proposal> decide(Tx tx, CityCaller caller, UUID proposalId, Ruling ruling, Instant now) {
        ArrearsService.requireMasked("/reason", ruling.reason());
        var cityCode = caller.office().cityCode();
        var today = Shanghai.date(now);
        return store.find(tx, proposalId)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(seen -> impartial
                        .require(tx, caller, seen.leaseId(), seen.tenantFrom())
                        // whoever ends a lease locks it before its account, as every other change of it does
                        .compose(free -> ruling.ends(seen) ? leases.hold(tx, seen.leaseId()) : Future.succeededFuture())
                        // in the order of the nightly follow-up: the account, then the proposal
                        .compose(free -> debts.lock(tx, List.of(seen.leaseId()))))
                .compose(locked -> store.lock(tx, proposalId))
                .map(Optional::orElseThrow)
                .compose(proposal -> requireOpen(proposal, caller, ruling.wanted())
                        .compose(checked -> sheets.of(tx, proposal.leaseId(), proposal.tenantFrom(), today))
                        .compose(sheet -> decide(tx, caller, proposal, ruling.wanted(), ruling.reason(), sheet))
                        .compose(done -> record(tx, caller, proposal, ruling.wanted(), ruling.reason()))
                        .compose(done -> ruling.ends(proposal)
                                ? end(tx, caller, proposal, ruling, now)
                                : Future.succeededFuture()))
                .compose(told -> store.lock(tx, proposalId))
                .map(Optional::orElseThrow);
    }

    private Future<Void> end(Tx tx, CityCaller caller, Proposal proposal, Ruling ruling, Instant now) {
        var lastDay = Objects.requireNonNullElse(ruling.lastDay(), Shanghai.date(now));
        return leases.ends()
                .endForArrears(tx, caller, proposal.leaseId(), lastDay, ruling.reason(), now)
                .mapEmpty();
    }

    private static Future<Void> record(Tx tx, Caller caller, Proposal proposal, State state, String reason) {
        var what = "arrears.proposal-" + ArrearsCase.id(state);
        return Audit.record(tx, caller, what, "arrears-proposal", proposal.id(), reason)
                .compose(audited -> tell(tx, what, proposal));
    }

    private static Future<Void> requireOpen(Proposal proposal, CityCaller caller, State wanted) {
        if (wanted == State.APPROVED
                && (proposal.state() == State.PROPOSED || caller.id().equals(proposal.endorsedBy()))) {
            return Refusal.failed(ArrearsProblem.ARREARS_SECOND_PERSON);
        }
        return proposal.state().mayMoveTo(wanted)
                ? Future.succeededFuture()
                : Refusal.failed(ArrearsProblem.ARREARS_PROPOSAL_DECIDED);
    }

    private Future<Void> decide(Tx tx, CityCaller caller, Proposal proposal, State wanted, String reason, Sheet sheet) {
        var standing = sheet.standing();
        if (wanted == State.REFUSED) {
            return store.decide(tx, proposal.id(), wanted, caller.id(), standing.today(), reason, null);
        }
        if (standing.isPaused()) {
            return Refusal.failed(ArrearsProblem.ARREARS_PAUSED);
        }
        if (!stillHolds(proposal, standing)) {
            return Refusal.failed(ArrearsProblem.ARREARS_PROPOSAL_LAPSED);
        }
        if (wanted == State.ENDORSED) {
            return store.endorse(tx, proposal.id(), caller.id());
        }
        var file = ProposalFile.of(sheet).text();
        return store.decide(tx, proposal.id(), wanted, caller.id(), standing.today(), reason, file)
                .compose(decided -> proposal.kind() == Kind.SUBSIDY_VOID
                        ? debts.voidSubsidy(
                                        tx,
                                        standing.overdue().stream()
                                                .map(Debt::billId)
                                                .toList(),
                                        standing.today())
                                .mapEmpty()
                        : Future.succeededFuture());
    }

    private static boolean stillHolds(Proposal proposal, Standing standing) {
        return standing.arrears()
                .map(owed -> ProposalPolicy.wanted(standing, owed, standing.steps()))
                .filter(wanted -> wanted.containsKey(proposal.kind()))
                .isPresent();
    }

    private static Future<Void> tell(Tx tx, String what, Proposal proposal) {
        return Outbox.append(tx, what, proposal.leaseId(), proposal.payload().encode());
    }
}
