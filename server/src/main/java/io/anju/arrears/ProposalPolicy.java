package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.Proposal.Kind;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsAnswer.Action;
import io.anju.policy.MoneyStep;
import io.anju.policy.Text;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the rules propose about a tenancy on a day; pure. */
final class ProposalPolicy {
    private ProposalPolicy() {}

    /**
     * Why each is proposed; kinds that the rules do not lead to are absent.
     *
     * @param steps taken in the case, with what is taken today
     */
    static Map<Kind, Text> wanted(Standing standing, Arrears owed, List<Step> steps) {
        var wanted = new EnumMap<Kind, Text>(Kind.class);
        var rules = standing.followUp();
        if (rules.isEmpty()) {
            return wanted;
        }
        for (var step : steps) {
            // a step was taken on what was owed then: the guards of its amount must hold for what is owed now
            if (rules.get().isEnough(step.rung(), owed, standing.today())) {
                if (step.action() == Action.CREDIT_RECORD_PROPOSAL) {
                    wanted.put(Kind.CREDIT_RECORD, step.text());
                } else if (step.action() == Action.COURT_FILE_PROPOSAL) {
                    wanted.put(Kind.COURT_FILE, step.text());
                }
            }
        }
        if (standing.overdue().stream().anyMatch(debt -> debt.pendingSubsidyFen() > 0)) {
            rules.get().voidsSubsidy(owed).map(MoneyStep::text).ifPresent(why -> wanted.put(Kind.SUBSIDY_VOID, why));
        }
        if (!standing.tenancy().isHeld()) {
            // it would end the lease of whoever followed, or is to
            return wanted;
        }
        rules.get().endsLease(owed).map(MoneyStep::text).ifPresent(why -> wanted.put(Kind.LEASE_END, why));
        return wanted;
    }
}
