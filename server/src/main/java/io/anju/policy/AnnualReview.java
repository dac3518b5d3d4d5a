package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;

/**
 * The yearly review (年度复核).
 *
 * @param from first day of the window in which every household declares itself
 * @param until its last day; in the next year where it lies before the first
 */
public record AnnualReview(MonthDay from, MonthDay until, List<Choice> choices, List<Step> steps) {

    public enum Answer {
        /** Everything is as it was. */
        YES,
        /** The household no longer meets the conditions. */
        NO,
        /** Something has changed. */
        CHANGED
    }

    public enum Consequence {
        /** Stays as it is. */
        CONTINUE,
        /** Is checked again under the rules in force. */
        RE_EVALUATE,
        /** Leaves by the ground of the section {@code exit}. */
        EXIT
    }

    /** What an answer leads to. */
    public record Choice(Answer answer, Consequence consequence, Text text) {}

    /** @param workingDays that the office has, counted from the end of the step before */
    public record Step(String id, String office, int workingDays, Text name) {}

    public record Window(LocalDate from, LocalDate until) {
        public boolean contains(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(until);
        }
    }

    /** Until when a step is to be done. */
    public record Due(Step step, LocalDate dueOn) {}

    public AnnualReview {
        choices = List.copyOf(choices);
        steps = List.copyOf(steps);
    }

    /** The window that is open on the day, or else the next one. */
    public Window window(LocalDate day) {
        for (var year = day.getYear() - 1; ; year++) {
            var window = windowOf(year);
            if (!day.isAfter(window.until())) {
                return window;
            }
        }
    }

    private Window windowOf(int year) {
        return new Window(from.atYear(year), until.atYear(until.isBefore(from) ? year + 1 : year));
    }

    public Choice choice(Answer answer) {
        return choices.stream()
                .filter(choice -> choice.answer() == answer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the loader asks for every answer"));
    }

    /** When the steps are due for a household that declared itself on the day. */
    public List<Due> due(LocalDate declaredOn, WorkingDays calendar) {
        var due = new ArrayList<Due>();
        var day = declaredOn;
        for (var step : steps) {
            day = calendar.plus(day, step.workingDays());
            due.add(new Due(step, day));
        }
        return List.copyOf(due);
    }
}
