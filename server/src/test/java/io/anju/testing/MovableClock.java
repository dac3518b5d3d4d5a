package io.anju.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Time that goes on only when a test says so. */
public final class MovableClock implements InstantSource {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    private final AtomicReference<Instant> now;

    public MovableClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(now.get());
    }

    public LocalDate today() {
        return LocalDate.ofInstant(instant(), SHANGHAI);
    }

    public void advance(Duration by) {
        now.updateAndGet(before -> before.plus(by));
    }

    public void advanceDays(int days) {
        advance(Duration.ofDays(days));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    /** Goes to this wall-clock time in Shanghai. */
    public void set(LocalDate date, LocalTime time) {
        set(date.atTime(time).atZone(SHANGHAI).toInstant());
    }
}
