package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.Proposal.Kind;
import io.anju.arrears.Proposal.State;
import io.anju.lease.LeaseService;
import io.anju.platform.audit.Audit;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.Arrears;
import io.anju.policy.MoneyStep;
import io.anju.policy.Text;
import io.anju.rent.Debts;
import io.anju.rent.Debts.Debt;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the rules propose about arrears, and how officials decide on it. */
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

    /** A step that only proposes is a proposal too. */
    Future<Void> propose(Tx tx, ArrearsCase of, Step step, Instant now) {
        return switch (step.action()) {
            case CREDIT_RECORD_PROPOSAL -> propose(tx, of, Kind.CREDIT_RECORD, step.text(), step.takenOn(), now);
            case COURT_FILE_PROPOSAL -> propose(tx, of, Kind.COURT_FILE, step.text(), step.takenOn(), now);
            case KIND_REMINDER, FORMAL_NOTICE, ESTATE_NOTICE -> Future.succeededFuture();
        };
    }

    /** Proposes what the months owed lead to, and drops what they lead to no longer. */
    Future<Void> weigh(Tx tx, ArrearsCase of, Standing standing, Arrears owed, Instant now) {
        var rules = standing.followUp();
        var hasSubsidy = standing.overdue().stream().anyMatch(debt -> debt.pendingSubsidyFen() > 0);
        var voids = rules.flatMap(ladder -> ladder.voidsSubsidy(owed)).filter(step -> hasSubsidy);
        var ends = rules.flatMap(ladder -> ladder.endsLease(owed));
        var over = new ArrayList<Kind>();
        if (voids.isEmpty()) {
            over.add(Kind.SUBSIDY_VOID);
        }
        if (ends.isEmpty()) {
            over.add(Kind.LEASE_END);
        }
        return store.lapse(tx, of.id(), standing.today(), over)
                .compose(lapsed -> propose(tx, of, Kind.SUBSIDY_VOID, voids, standing.today(), now))
                .compose(done -> propose(tx, of, Kind.LEASE_END, ends, standing.today(), now));
    }

    private Future<Void> propose(
            Tx tx, ArrearsCase of, Kind kind, Optional<MoneyStep> why, LocalDate today, Instant now) {
        return why.isEmpty()
                ? Future.succeededFuture()
                : propose(tx, of, kind, why.get().text(), today, now);
    }

    private Future<Void> propose(Tx tx, ArrearsCase of, Kind kind, Text text, LocalDate today, Instant now) {
        var proposal = new Proposal(
                Ids.next(now),
                of.id(),
                of.leaseId(),
                of.cityCode(),
                kind,
                State.PROPOSED,
                today,
                text,
                null,
                null,
                null,
                null);
        return store.insert(tx, proposal)
                .compose(isNew -> isNew ? tell(tx, "arrears.proposed", proposal) : Future.succeededFuture());
    }

    /** Everything is paid. */
    Future<Void> lapse(Tx tx, ArrearsCase of, LocalDate today) {
        return store.lapse(tx, of.id(), today, null).mapEmpty();
    }

    /** @param lastDay where the end of a lease is approved: the last day of the contract; null for today */
    record Ruling(State wanted, @Nullable LocalDate lastDay, String reason) {
        boolean ends(Proposal proposal) {
            return proposal.kind() == Kind.LEASE_END && wanted == State.APPROVED;
        }
    }

    /** The lease's account is locked first: a payment at the same moment is either seen or comes after the decision. */
    Future<Proposal> decide(Tx tx, Caller caller, UUID proposalId, Ruling ruling, Instant now) {
        ArrearsService.requireMasked("/reason", ruling.reason());
        var cityCode = caller.requireOffice().cityCode();
        var today = Shanghai.date(now);
        return store.find(tx, proposalId)
                .map(found -> found.filter(one -> one.cityCode().equals(cityCode))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(seen -> impartial
                        .require(tx, caller, seen.leaseId())
                        // whoever ends a lease locks it before its account, as every other change of it does
                        .compose(free -> ruling.ends(seen) ? leases.hold(tx, seen.leaseId()) : Future.succeededFuture())
                        // in the order of the nightly follow-up: the account, then the proposal
                        .compose(free -> debts.lock(tx, List.of(seen.leaseId()))))
                .compose(locked -> store.lock(tx, proposalId))
                .map(Optional::orElseThrow)
                .compose(proposal -> requireOpen(proposal, caller, ruling.wanted())
                        .compose(checked -> leases.ofIds(tx, List.of(proposal.leaseId())))
                        .compose(found -> sheets.standing(tx, found.get(0), today))
                        .compose(standing -> decide(tx, caller, proposal, ruling.wanted(), ruling.reason(), standing))
                        .compose(done -> record(tx, caller, proposal, ruling.wanted(), ruling.reason()))
                        .compose(done -> ruling.ends(proposal)
                                ? end(tx, caller, proposal, ruling, now)
                                : Future.succeededFuture()))
                .compose(told -> store.lock(tx, proposalId))
                .map(Optional::orElseThrow);
    }

    private Future<Void> end(Tx tx, Caller caller, Proposal proposal, Ruling ruling, Instant now) {
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

    private static Future<Void> requireOpen(Proposal proposal, Caller caller, State wanted) {
        if (wanted == State.APPROVED && caller.requireId().equals(proposal.endorsedBy())) {
            return Refusal.failed(ArrearsProblem.ARREARS_SECOND_PERSON);
        }
        if (!proposal.mayBecome(wanted)) {
            return Refusal.failed(
                    wanted == State.APPROVED && proposal.state() == State.PROPOSED
                            ? ArrearsProblem.ARREARS_SECOND_PERSON
                            : ArrearsProblem.ARREARS_PROPOSAL_DECIDED);
        }
        return Future.succeededFuture();
    }

    private Future<Void> decide(
            Tx tx, Caller caller, Proposal proposal, State wanted, String reason, Standing standing) {
        if (wanted == State.REFUSED) {
            return store.decide(tx, proposal.id(), wanted, caller.requireId(), standing.today(), reason, null);
        }
        if (!stillHolds(proposal, standing)) {
            return Refusal.failed(ArrearsProblem.ARREARS_PROPOSAL_LAPSED);
        }
        if (wanted == State.ENDORSED) {
            return store.endorse(tx, proposal.id(), caller.requireId());
        }
        var file = ProposalFile.of(standing).text();
        return store.decide(tx, proposal.id(), wanted, caller.requireId(), standing.today(), reason, file)
                .compose(decided -> proposal.kind() == Kind.SUBSIDY_VOID
                        ? debts.voidSubsidy(
                                        tx,
                                        standing.overdue().stream()
                                                .map(Debt::billId)
                                                .toList())
                                .mapEmpty()
                        : Future.succeededFuture());
    }

    private static boolean stillHolds(Proposal proposal, Standing standing) {
        var owed = standing.arrears().orElse(null);
        return owed != null
                && switch (proposal.kind()) {
                    case CREDIT_RECORD, COURT_FILE -> true;
                    case SUBSIDY_VOID ->
                        standing.followUp()
                                .flatMap(rules -> rules.voidsSubsidy(owed))
                                .isPresent();
                    case LEASE_END ->
                        standing.followUp()
                                .flatMap(rules -> rules.endsLease(owed))
                                .isPresent();
                };
    }

    private static Future<Void> tell(Tx tx, String what, Proposal proposal) {
        var payload = "{\"proposalId\":\"" + proposal.id() + "\",\"kind\":\"" + ArrearsCase.id(proposal.kind()) + "\"}";
        return Outbox.append(tx, what, proposal.leaseId(), payload);
    }

    Future<List<Proposal>> ofLease(Sql sql, UUID leaseId) {
        return store.ofLease(sql, leaseId);
    }
}
