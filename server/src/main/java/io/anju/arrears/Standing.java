package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.lease.Lease;
import io.anju.lease.Tenancy;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsFollowUp;
import io.anju.policy.ArrearsFollowUp.Climbed;
import io.anju.policy.ArrearsFollowUp.Upcoming;
import io.anju.policy.ArrearsRelief;
import io.anju.policy.PolicyDocument;
import io.anju.rent.Debts.Debt;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the arrears of a tenancy stand on a day.
 *
 * @param lease as it is, or was when this tenant had it
 * @param tenancy the tenant's days
 * @param overdue the bills, the oldest first
 * @param known the open case; null where there is none
 * @param steps taken in that case
 */
record Standing(
        LocalDate today,
        Lease lease,
        Tenancy tenancy,
        PolicyDocument policy,
        List<Debt> overdue,
        @Nullable ArrearsCase known,
        List<Step> steps,
        List<Pause> pauses) {

    Optional<Arrears> arrears() {
        return ArrearsPolicy.arrears(overdue);
    }

    Optional<ArrearsFollowUp> followUp() {
        return policy.money().followUp();
    }

    ArrearsRelief relief() {
        return followUp().map(ArrearsFollowUp::relief).orElse(new ArrearsRelief(null, null, Map.of()));
    }

    boolean isPaused() {
        return ArrearsPolicy.isPaused(pauses, today);
    }

    /** Days on which nothing was to be done, since the oldest bill was due. */
    int pausedDays() {
        return arrears()
                .map(owed -> ArrearsPolicy.pausedDays(pauses, owed.unpaidSince(), today))
                .orElse(0);
    }

    Climbed climbed() {
        return ArrearsPolicy.climbed(steps, pausedDays(), tenancy.isOver(today));
    }

    /** What follows if nothing is paid; what is paused comes later by as many days as are still paused. */
    Optional<Upcoming> next(WorkingDays calendar) {
        var rest = ArrearsPolicy.pausedUntil(pauses, today)
                .map(last -> ChronoUnit.DAYS.between(today, last))
                .orElse(0L);
        return arrears()
                .flatMap(owed -> followUp().flatMap(rules -> rules.upcoming(owed, climbed(), today, calendar)))
                .map(next -> new Upcoming(next.action(), next.earliestOn().plusDays(rest)));
    }
}
