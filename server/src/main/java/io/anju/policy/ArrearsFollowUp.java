package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a document says to whoever follows arrears up: the next step, and when the lease or its subsidy are at stake. */
public final class ArrearsFollowUp {
    private final ArrearsLadder ladder;
    private final @Nullable SubsidyChanges changes;
    private final NamedFacts named;

    ArrearsFollowUp(ArrearsLadder ladder, @Nullable SubsidyChanges changes, NamedFacts named) {
        this.ladder = ladder;
        this.changes = changes;
        this.named = named;
    }

    /** Who sees to a step. */
    public enum Office {
        ESTATE,
        DISTRICT,
        CITY
    }

    /** How a step reaches the household. */
    public enum Channel {
        /** Shown to the resident in the mini-program; delivered when it was opened. */
        APP,
        LETTER,
        VISIT
    }

    /**
     * How far a case has climbed.
     *
     * @param taken ids of the steps that were taken
     * @param delivered the day on which each of them first reached the household
     * @param pausedDays days since the oldest bill was due on which nothing was to be done
     * @param hasLeft whether somebody else has the home by now: nobody calls there about this debt
     */
    public record Climbed(Set<String> taken, Map<String, LocalDate> delivered, int pausedDays, boolean hasLeft) {
        public Climbed {
            taken = Set.copyOf(taken);
            delivered = Map.copyOf(delivered);
        }
    }

    /** A step of the ladder that is to be taken. */
    public record Due(
            String id, ArrearsAnswer.Action action, LocalDate dueOn, Office office, List<Channel> channels, Text text) {
        public Due {
            channels = List.copyOf(channels);
        }
    }

    /** Whether a step whose day has come is only for some households, so that the facts are needed. */
    public boolean asksHousehold(Arrears arrears, Climbed climbed, LocalDate today, WorkingDays calendar) {
        return ladder.reached(arrears, climbed, today, calendar).stream()
                .anyMatch(rung -> rung.when() != Condition.ALWAYS);
    }

    /**
     * The step that is due next; empty where none is. One that its guards hold back is passed over, and the one behind
     * it has guards of its own.
     *
     * @param household null where {@link #asksHousehold} says that no facts are needed
     */
    public Optional<Due> next(
            @Nullable HouseholdFacts household,
            Arrears arrears,
            Climbed climbed,
            LocalDate today,
            WorkingDays calendar) {
        var view = household == null ? null : new HouseholdView(household, today, named);
        return ladder.reached(arrears, climbed, today, calendar).stream()
                .filter(rung -> rung.when() == Condition.ALWAYS
                        || view != null && rung.when().holds(view))
                .findFirst()
                .map(rung -> ladder.due(rung, arrears, climbed, calendar));
    }

    /** A step that is to come, and the day before which it is not taken. */
    public record Upcoming(ArrearsAnswer.Action action, LocalDate earliestOn) {}

    /** What follows if nothing is paid; empty behind the last step, and where what is owed is not enough for any. */
    public Optional<Upcoming> upcoming(Arrears arrears, Climbed climbed, LocalDate today, WorkingDays calendar) {
        return ladder.upcoming(arrears, climbed, today, calendar);
    }

    /** Whether what is owed is enough for this step by its guards of amount and months. */
    public boolean isEnough(String rungId, Arrears arrears, LocalDate today) {
        return ladder.isEnough(rungId, arrears, today);
    }

    /** Why the lease is to end; empty while it is not. */
    public Optional<MoneyStep> endsLease(Arrears arrears) {
        return ladder.ended(arrears);
    }

    /** Why the subsidy of the unpaid months is void; empty while it is not. */
    public Optional<MoneyStep> voidsSubsidy(Arrears arrears) {
        return Optional.ofNullable(changes).flatMap(rules -> rules.voided(arrears.monthsInAll()));
    }

    /** What a household in hardship may be granted. */
    public ArrearsRelief relief() {
        return ladder.relief();
    }
}
