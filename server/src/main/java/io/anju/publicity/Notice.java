package io.anju.publicity;

import io.anju.policy.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A publicity notice (公示). It is open until {@code closesAt} and closed from then on, whether or not anything has run.
 *
 * @param startsOn the day it was published
 * @param endsOn the last day on which anyone may object
 * @param closesAt the first instant after {@code endsOn} in Shanghai
 * @param version grows when lines go
 */
public record Notice(
        UUID id,
        String cityCode,
        String programme,
        String stepId,
        Text stepName,
        String officeLevel,
        String areaCode,
        String officeName,
        LocalDate startsOn,
        LocalDate endsOn,
        Instant closesAt,
        int lineCount,
        long version) {

    boolean isOpen(Instant now) {
        return now.isBefore(closesAt);
    }

    /** The version of what the public sees: closing takes the lines away, which changes it. */
    long shownVersion(Instant now) {
        return 2 * version + (isOpen(now) ? 0 : 1);
    }

    /**
     * One household as the public may see it.
     *
     * @param outcome what became of it; null while it is on the notice
     */
    public record Line(
            UUID applicationId,
            String receiptNumber,
            String maskedName,
            int householdSize,
            String districtCode,
            Text district,
            String category,
            @Nullable String score,
            @Nullable Outcome outcome) {}

    public enum Outcome {
        PASSED,
        REFUSED,
        WITHDRAWN;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }
}
