package io.anju.platform.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The civil time that every rule and deadline is counted in. */
public final class Shanghai {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Shanghai() {}

    /** The date on the wall calendar at this instant. */
    public static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZONE);
    }

    /** The first instant of the date. */
    public static Instant startOf(LocalDate date) {
        return date.atStartOfDay(ZONE).toInstant();
    }

    /** The first instant after the date; a deadline "until the 5th" has passed from here on. */
    public static Instant endOf(LocalDate date) {
        return startOf(date.plusDays(1));
    }
}
