package io.anju.platform.time;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One year's calendar as its document says it.
 *
 * @param source the notice or law that it was taken from
 * @param confidence {@code official}: the State Council's notice; {@code derived}: worked out from the law until then
 * @param workdays days of a weekend that are worked (调休)
 */
record WorkingYear(int year, String source, String confidence, List<Holiday> holidays, List<LocalDate> workdays) {
    /** Days off in a row, both ends included. */
    record Holiday(String name, LocalDate from, LocalDate to) {
        Holiday {
            if (to.isBefore(from)) {
                throw new IllegalArgumentException(name + " ends before it begins");
            }
        }
    }

    WorkingYear {
        if (source.isBlank() || !Set.of("official", "derived").contains(confidence)) {
            throw new IllegalArgumentException("the calendar of " + year + " names no source or no confidence");
        }
        for (var holiday : holidays) {
            requireYear(year, holiday.from());
            requireYear(year, holiday.to());
        }
        for (var workday : workdays) {
            requireYear(year, workday);
            var day = workday.getDayOfWeek();
            if (day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY) {
                throw new IllegalArgumentException(workday + " is no weekend that could be worked");
            }
        }
    }

    boolean isOfficial() {
        return confidence.equals("official");
    }

    Set<LocalDate> daysOff() {
        var days = new HashSet<LocalDate>();
        for (var holiday : holidays) {
            holiday.from().datesUntil(holiday.to().plusDays(1)).forEach(days::add);
        }
        return days;
    }

    /** A notice may reach into the neighbouring years, never further. */
    private static void requireYear(int year, LocalDate date) {
        if (Math.abs(date.getYear() - year) > 1) {
            throw new IllegalArgumentException(date + " does not belong to the calendar of " + year);
        }
    }
}
