package io.anju.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;

/** Time that goes on only when a test says so. */
public final class MovableClock implements InstantSource {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private Instant now;

    public MovableClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public LocalDate today() {
        return LocalDate.ofInstant(instant(), SHANGHAI);
    }

    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    public void advanceDays(int days) {
        advance(Duration.ofDays(days));
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    /** Goes to this wall-clock time in Shanghai. */
    public void set(LocalDate date, LocalTime time) {
        set(date.atTime(time).atZone(SHANGHAI).toInstant());
    }
}
