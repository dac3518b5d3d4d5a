package io.anju.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The demo's clock: the real one, moved ahead by as much as the viewer asked for, because a publicity lasts days.
 *
 * <p>How far it is ahead is kept in a file of the demo's folder, so that time never runs backwards between two starts.
 */
public final class DemoClock implements InstantSource {
    private static final Duration MOST_AT_ONCE = Duration.ofDays(366);

    private final Path file;
    private final AtomicReference<Duration> ahead;
    private volatile @Nullable Instant standing;

    private DemoClock(Path file, Duration ahead) {
        this.file = file;
        this.ahead = new AtomicReference<>(ahead);
    }

    /** Reads how far the clock of this folder is ahead; a new folder's clock is right. */
    public static DemoClock in(Path folder) throws IOException {
        var file = folder.resolve("clock-ahead");
        var ahead = Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO;
        return new DemoClock(file, ahead);
    }

    @Override
    public Instant instant() {
        var stands = standing;
        return stands == null ? Instant.now().plus(ahead.get()) : stands;
    }

    /** Stands still on a day of the history that is being made, until {@link #goOn}. */
    void standAt(Instant day) {
        standing = day;
    }

    void goOn() {
        standing = null;
    }

    /** Moves the clock forward, by at most a year at once; gives the new time. */
    public Instant advance(Duration by) throws IOException {
        if (by.isNegative() || by.compareTo(MOST_AT_ONCE) > 0) {
            throw new IllegalArgumentException(
                    "the clock moves forward, by at most " + MOST_AT_ONCE.toDays() + " days");
        }
        Files.writeString(file, ahead.updateAndGet(sofar -> sofar.plus(by)).toString());
        return instant();
    }
}
