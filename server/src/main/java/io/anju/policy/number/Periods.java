package io.anju.policy.number;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Counting of years and months. An anniversary that its month lacks (29 February) falls on the month's last day. */
public final class Periods {
    private Periods() {}

    /** Full periods of so many months from the first day to the other; 0 where it lies before. */
    public static long full(LocalDate from, LocalDate to, int months) {
        if (to.isBefore(from)) {
            return 0;
        }
        var count = ChronoUnit.MONTHS.between(from, to) / months;
        // MONTHS.between wants the same day of the month, also where a short month has none
        return from.plusMonths((count + 1) * months).isAfter(to) ? count : count + 1;
    }

    /** Full years plus the days since the anniversary over the days of that year, exactly. */
    public static Rational exactYears(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException(from + " lies after " + to);
        }
        var full = full(from, to, 12);
        var anniversary = from.plusYears(full).toEpochDay();
        var next = from.plusYears(full + 1).toEpochDay();
        var daysOfYear = next - anniversary;
        return Rational.of(full * daysOfYear + to.toEpochDay() - anniversary, daysOfYear);
    }
}
