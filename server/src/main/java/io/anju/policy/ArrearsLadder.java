package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What follows on arrears, step by step, when they end the lease, and what is due after its end.
 *
 * @param end null where arrears do not end a lease
 * @param afterEnd null where the document sets no rent for the time after
 */
record ArrearsLadder(
        List<Rung> rungs, @Nullable End end, @Nullable RentAfterEnd afterEnd) {
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
     */
    record Rung(String id, ArrearsAnswer.Action action, After after, Condition when, Amount atLeast, Text text) {}

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
        var text = rung.text()
                .with(Map.of(
                        "unpaidSince", arrears.unpaidSince().toString(),
                        "dueOn", dueOn.toString(),
                        "overdueYuan", Wording.yuan(arrears.overdueFen())));
        return new ArrearsAnswer.Step(rung.id(), rung.action(), dueOn, state(rung, household, arrears, dueOn), text);
    }

    private static ArrearsAnswer.State state(Rung rung, HouseholdView household, Arrears arrears, LocalDate dueOn) {
        if (arrears.overdueFen() == 0 || household.asOf().isBefore(dueOn)) {
            return ArrearsAnswer.State.NOT_YET;
        }
        var overdue = Rational.of(arrears.overdueFen(), FEN_PER_YUAN);
        return overdue.compareTo(rung.atLeast().at(household.asOf())) >= 0
                        && rung.when().holds(household)
                ? ArrearsAnswer.State.DUE
                : ArrearsAnswer.State.HELD_BACK;
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
