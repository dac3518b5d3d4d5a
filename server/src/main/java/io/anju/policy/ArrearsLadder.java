package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import io.anju.policy.number.Amount;
import io.anju.policy.number.Rational;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What follows on arrears, step by step, when they end the lease, and what is due after its end.
 *
 * @param end null where arrears do not end a lease
 * @param afterEnd null where the document sets no rent for the time after
 * @param relief what a household in hardship may be granted
 */
record ArrearsLadder(
        List<Rung> rungs, @Nullable End end, @Nullable RentAfterEnd afterEnd, ArrearsRelief relief) {
    private static final String END_ID = "lease-end";
    private static final int FEN_PER_YUAN = 100;

    enum Unit {
        DAYS,
        WORKING_DAYS,
        MONTHS
    }

    record After(Unit unit, int count) {
        LocalDate on(LocalDate since, WorkingDays calendar) {
            return switch (unit) {
                case DAYS -> since.plusDays(count);
                case WORKING_DAYS -> calendar.plus(since, count);
                case MONTHS -> since.plusMonths(count);
            };
        }
    }

    /**
     * @param when which households the step is for
     * @param atLeast yuan that must be overdue
     * @param atLeastMonths whole months that must be unpaid
     * @param delivery what must have reached the household before; null where nothing must
     */
    record Rung(
            String id,
            ArrearsAnswer.Action action,
            After after,
            Condition when,
            Amount atLeast,
            int atLeastMonths,
            @Nullable Delivery delivery,
            Handling handling,
            Text text) {
        /** How it is brought; a visit would be to whoever has the home now. */
        List<ArrearsFollowUp.Channel> channels(boolean hasLeft) {
            return handling.channels().stream()
                    .filter(channel -> !hasLeft || channel != ArrearsFollowUp.Channel.VISIT)
                    .toList();
        }

        /** Whether it can be taken against a household that has left: the operator of its home is not theirs any more. */
        boolean reachesWhoLeft() {
            return action != ArrearsAnswer.Action.ESTATE_NOTICE
                    && !channels(true).isEmpty();
        }
    }

    /** @param of the step whose notice must have been delivered, so many days ago */
    record Delivery(String of, int days) {}

    record Handling(ArrearsFollowUp.Office office, List<ArrearsFollowUp.Channel> channels) {}

    enum Counting {
        RUNNING,
        IN_ALL
    }

    record End(MonthLimit months, Counting counting, Text text) {}

    ArrearsLadder {
        rungs = List.copyOf(rungs);
    }

    ArrearsAnswer evaluate(HouseholdView household, Arrears arrears, WorkingDays calendar) {
        var steps = rungs.stream()
                .map(rung -> step(rung, household, arrears, calendar))
                .toList();
        var due = steps.stream()
                .filter(step -> step.state() == ArrearsAnswer.State.DUE)
                .reduce((lower, higher) -> higher)
                .orElse(null);
        return new ArrearsAnswer(due, steps, end == null ? null : ended(end, arrears));
    }

    private static ArrearsAnswer.Step step(Rung rung, HouseholdView household, Arrears arrears, WorkingDays calendar) {
        var dueOn = rung.after().on(arrears.unpaidSince(), calendar);
        return new ArrearsAnswer.Step(
                rung.id(), rung.action(), dueOn, state(rung, household, arrears, dueOn), text(rung, arrears, dueOn));
    }

    private static ArrearsAnswer.State state(Rung rung, HouseholdView household, Arrears arrears, LocalDate dueOn) {
        if (arrears.overdueFen() == 0 || household.asOf().isBefore(dueOn)) {
            return ArrearsAnswer.State.NOT_YET;
        }
        return isEnough(rung, arrears, household.asOf()) && rung.when().holds(household)
                ? ArrearsAnswer.State.DUE
                : ArrearsAnswer.State.HELD_BACK;
    }

    private static boolean isEnough(Rung rung, Arrears arrears, LocalDate today) {
        var overdue = Rational.of(arrears.overdueFen(), FEN_PER_YUAN);
        return overdue.compareTo(rung.atLeast().at(today)) >= 0 && arrears.monthsInAll() >= rung.atLeastMonths();
    }

    boolean isEnough(String rungId, Arrears arrears, LocalDate today) {
        return rungs.stream().anyMatch(rung -> rung.id().equals(rungId) && isEnough(rung, arrears, today));
    }

    /** The steps behind the last one taken whose day has come and whose guards of amount and delivery hold. */
    List<Rung> reached(Arrears arrears, ArrearsFollowUp.Climbed climbed, LocalDate today, WorkingDays calendar) {
        return ahead(arrears, climbed, today)
                .filter(rung -> !dueOn(rung, arrears, climbed, calendar).isAfter(today))
                .filter(rung -> isDelivered(rung, climbed, today))
                .toList();
    }

    /** The steps behind the last one taken for which what is owed is enough. */
    private Stream<Rung> ahead(Arrears arrears, ArrearsFollowUp.Climbed climbed, LocalDate today) {
        var from = 0;
        for (var i = 0; i < rungs.size(); i++) {
            from = climbed.taken().contains(rungs.get(i).id()) ? i + 1 : from;
        }
        return arrears.overdueFen() == 0
                ? Stream.empty()
                : rungs.subList(from, rungs.size()).stream()
                        .filter(rung -> isEnough(rung, arrears, today))
                        .filter(rung -> !climbed.hasLeft() || rung.reachesWhoLeft());
    }

    /** The next one by its day, and never today: what is to be done today is done by the night. */
    Optional<ArrearsFollowUp.Upcoming> upcoming(
            Arrears arrears, ArrearsFollowUp.Climbed climbed, LocalDate today, WorkingDays calendar) {
        return ahead(arrears, climbed, today)
                .map(rung -> new ArrearsFollowUp.Upcoming(
                        rung.action(),
                        latest(
                                dueOn(rung, arrears, climbed, calendar),
                                deliverable(rung, climbed, today),
                                today.plusDays(1))))
                .min(Comparator.comparing(ArrearsFollowUp.Upcoming::earliestOn));
    }

    /** The day on which enough days have gone by since the delivery, which can be today at the soonest. */
    private static LocalDate deliverable(Rung rung, ArrearsFollowUp.Climbed climbed, LocalDate today) {
        var needed = rung.delivery();
        return needed == null
                ? today
                : climbed.delivered().getOrDefault(needed.of(), today).plusDays(needed.days());
    }

    private static LocalDate latest(LocalDate... days) {
        return Stream.of(days).max(Comparator.naturalOrder()).orElseThrow();
    }

    private static boolean isDelivered(Rung rung, ArrearsFollowUp.Climbed climbed, LocalDate today) {
        var needed = rung.delivery();
        if (needed == null) {
            return true;
        }
        var on = climbed.delivered().get(needed.of());
        return on != null && !today.isBefore(on.plusDays(needed.days()));
    }

    private static LocalDate dueOn(Rung rung, Arrears arrears, ArrearsFollowUp.Climbed climbed, WorkingDays calendar) {
        return rung.after().on(arrears.unpaidSince(), calendar).plusDays(climbed.pausedDays());
    }

    ArrearsFollowUp.Due due(Rung rung, Arrears arrears, ArrearsFollowUp.Climbed climbed, WorkingDays calendar) {
        var dueOn = dueOn(rung, arrears, climbed, calendar);
        return new ArrearsFollowUp.Due(
                rung.id(),
                rung.action(),
                dueOn,
                rung.handling().office(),
                rung.channels(climbed.hasLeft()),
                text(rung, arrears, dueOn));
    }

    Optional<MoneyStep> ended(Arrears arrears) {
        return Optional.ofNullable(end).map(rule -> ended(rule, arrears));
    }

    private static Text text(Rung rung, Arrears arrears, LocalDate dueOn) {
        return rung.text()
                .with(Map.of(
                        "unpaidSince", arrears.unpaidSince().toString(),
                        "dueOn", dueOn.toString(),
                        "overdueYuan", Wording.yuan(arrears.overdueFen())));
    }

    private static @Nullable MoneyStep ended(End end, Arrears arrears) {
        var months = end.counting() == Counting.RUNNING ? arrears.runningMonths() : arrears.monthsInAll();
        return end.months().holds(months)
                ? new Wording()
                        .fact("unpaidMonths", String.valueOf(months))
                        .bound(
                                end.months().describe(),
                                String.valueOf(end.months().months()))
                        .step(END_ID, null, end.text())
                : null;
    }
}
