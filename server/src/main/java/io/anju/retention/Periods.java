package io.anju.retention;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long each kind is kept, as {@code retention/periods.yaml} or the deployment's own file says. */
public final class Periods {
    /** Days below which no file may go, by law. */
    private static final Map<String, Integer> FLOORS = Map.of(
            // 网络安全法 art. 21
            "records", 183,
            // 个人信息保护法 art. 56
            "acts-of-proxies", 1095);

    private final Map<String, Period> periods;

    private Periods(Map<String, Period> periods) {
        this.periods = Map.copyOf(periods);
    }

    /**
     * How long one kind is kept.
     *
     * @param erase whether it is erased in the background afterwards
     */
    public record Period(int days, boolean erase, String law, String confidence) {}

    /** The periods that ship with the product, or those of this file; fails where one is below its floor. */
    public static Periods load(@Nullable Path file) {
        try (InputStream in = file == null
                ? Periods.class.getResourceAsStream("/retention/periods.yaml")
                : Files.newInputStream(file)) {
            Map<String, Period> read = new ObjectMapper(new YAMLFactory()).readValue(in, new TypeReference<>() {});
            return of(read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Periods of(Map<String, Period> periods) {
        periods.forEach((kind, period) -> {
            if (period.days() < FLOORS.getOrDefault(kind, 0)) {
                throw new IllegalArgumentException(
                        kind + " must be kept for " + FLOORS.get(kind) + " days at least, by " + period.law());
            }
        });
        return new Periods(periods);
    }

    /** Fails where the file does not know the kind: nothing is erased, or named as kept, without a period. */
    public Period of(String kind) {
        var period = periods.get(kind);
        if (period == null) {
            throw new IllegalArgumentException("no period for " + kind);
        }
        return period;
    }

    Instant before(String kind, Instant now) {
        return now.minus(Duration.ofDays(of(kind).days()));
    }
}
