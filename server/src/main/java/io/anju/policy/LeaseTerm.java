package io.anju.policy;

import java.time.LocalDate;

/** First and last day of a lease (租期). */
public record LeaseTerm(LocalDate from, LocalDate to) {
    private static final int MAX_YEARS = 50;

    public LeaseTerm {
        if (to.isBefore(from) || from.plusYears(MAX_YEARS).isBefore(to)) {
            throw new IllegalArgumentException("a lease runs from its first day to a later one");
        }
    }
}
