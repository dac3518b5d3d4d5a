package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.Proposal.Kind;
import io.anju.arrears.Proposal.State;
import io.anju.lease.LeaseFile.Basis;
import io.anju.lease.LeaseService;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsFollowUp.Due;
import io.anju.policy.Text;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides what is done about one tenancy of a lease on a day: a case opened, at most one step taken, the case closed when all is paid. */
final class Climbing {
    private final LeaseService leases;
    private final WorkingDays calendar;

    Climbing(LeaseService leases, WorkingDays calendar) {
        this.leases = leases;
        this.calendar = calendar;
    }

    /** @param proposals of the case so far */
    Future<Optional<Deed>> decide(Sql sql, Standing standing, List<Proposal> proposals, Instant now) {
        var known = standing.known();
        var owed = standing.arrears().orElse(null);
        if (owed == null) {
            return Future.succeededFuture(Optional.ofNullable(known).map(of -> Deed.closing(of, proposals)));
        }
        var of = known == null ? open(standing, now) : known;
        if (standing.isPaused()) {
            return Future.succeededFuture(
                    known == null
                            ? Optional.of(new Deed(of, true, false, null, List.of(), List.of()))
                            : Optional.empty());
        }
        return due(sql, standing, owed)
                .map(due -> due.map(rung -> step(of, standing, owed, rung, now)).orElse(null))
                .map(step -> Optional.of(deed(of, standing, owed, step, proposals, now)));
    }

    private static ArrearsCase open(Standing standing, Instant now) {
        var lease = standing.lease();
        return new ArrearsCase(
                Ids.next(now),
                lease.id(),
                standing.tenancy().from(),
                lease.cityCode(),
                lease.programme(),
                lease.policyDigest(),
                standing.today(),
                null,
                null,
                null);
    }

    /** One step a day, also where a night is done again. */
    private Future<Optional<Due>> due(Sql sql, Standing standing, Arrears owed) {
        var rules = standing.followUp();
        var today = standing.today();
        if (rules.isEmpty()
                || standing.steps().stream().anyMatch(step -> step.takenOn().equals(today))) {
            return Future.succeededFuture(Optional.empty());
        }
        var ladder = rules.get();
        var climbed = standing.climbed();
        return ladder.asksHousehold(owed, climbed, today, calendar)
                ? leases.basis(sql, standing.tenancy())
                        .map(Basis::household)
                        .map(household -> ladder.next(household, owed, climbed, today, calendar))
                : Future.succeededFuture(ladder.next(null, owed, climbed, today, calendar));
    }

    private static Step step(ArrearsCase of, Standing standing, Arrears owed, Due due, Instant now) {
        return new Step(
                Ids.next(now),
                of.id(),
                due.id(),
                due.action(),
                due.office(),
                due.channels(),
                due.dueOn(),
                standing.today(),
                owed.unpaidSince(),
                owed.overdueFen(),
                due.text(),
                List.of());
    }

    private static Deed deed(
            ArrearsCase of,
            Standing standing,
            Arrears owed,
            @Nullable Step step,
            List<Proposal> proposals,
            Instant now) {
        var steps = new ArrayList<>(standing.steps());
        if (step != null) {
            steps.add(step);
        }
        var wanted = ProposalPolicy.wanted(standing, owed, steps);
        return new Deed(
                of,
                standing.known() == null,
                false,
                step,
                proposed(of, standing, wanted, proposals, now),
                proposals.stream()
                        .filter(one -> one.isOpen() && !wanted.containsKey(one.kind()))
                        .toList());
    }

    /** What was proposed is not proposed again, unless it had lapsed or was a void of earlier months. */
    private static List<Proposal> proposed(
            ArrearsCase of, Standing standing, Map<Kind, Text> wanted, List<Proposal> proposals, Instant now) {
        return wanted.entrySet().stream()
                .filter(one ->
                        proposals.stream().noneMatch(known -> known.kind() == one.getKey() && known.barsAnother()))
                .map(one -> new Proposal(
                        Ids.next(now),
                        of.id(),
                        of.leaseId(),
                        of.tenantFrom(),
                        of.cityCode(),
                        one.getKey(),
                        State.PROPOSED,
                        standing.today(),
                        one.getValue(),
                        null,
                        null,
                        null,
                        null,
                        null))
                .toList();
    }
}
