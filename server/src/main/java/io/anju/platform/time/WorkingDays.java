package io.anju.platform.time;

import java.time.LocalDate;

/** The State Council's working days, adjusted workdays (调休) included. */
public final class WorkingDays {
    private WorkingDays() {}

    /** Reads the calendars that ship with the product. */
    public static WorkingDays load() {
        return new WorkingDays();
    }

    public boolean isWorkingDay(LocalDate date) {
        throw new UnsupportedOperationException();
    }

    /** The date that lies this many working days after {@code from}; the day itself is not counted. */
    public LocalDate plus(LocalDate from, int workingDays) {
        throw new UnsupportedOperationException();
    }

    /** Working days after {@code from} up to and including {@code to}; negative where {@code to} is earlier. */
    public int between(LocalDate from, LocalDate to) {
        throw new UnsupportedOperationException();
    }
}
