package io.anju.policy;

import java.time.LocalDate;
import java.util.Map;

/** The days that one may ask about: far enough for any case, near enough for every computation to be short. */
record AskedDays(LocalDate first, LocalDate last) {
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final int YEARS_AHEAD = 10;

    static AskedDays on(LocalDate today) {
        return new AskedDays(FIRST_DAY, today.plusYears(YEARS_AHEAD));
    }

    boolean contain(LocalDate day) {
        return !day.isBefore(first) && !day.isAfter(last);
    }

    /** For the text of a refusal. */
    Map<String, String> args() {
        return Map.of("from", first.toString(), "to", last.toString());
    }
}
