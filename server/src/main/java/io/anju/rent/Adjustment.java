package io.anju.rent;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Rents of many leases worked out again from a day on (租金统一调整).
 *
 * @param state {@code running}, {@code done} or {@code failed}
 * @param afterLease the last lease that was looked at
 */
record Adjustment(
        UUID id,
        Order order,
        String state,
        Progress done,
        @Nullable UUID afterLease,
        UUID requestedBy,
        Instant requestedAt,
        @Nullable Instant finishedAt) {

    /**
     * What is asked for.
     *
     * @param estateName null for all estates
     */
    record Order(
            String cityCode,
            String programme,
            @Nullable String estateName,
            LocalDate from,
            String reason,
            boolean dryRun) {}

    /**
     * How far it is.
     *
     * @param leases how many there were when it began
     * @param beforeFen the month's rents of the leases that change, before
     */
    record Progress(int leases, int leasesDone, int changed, long beforeFen, long afterFen, int exceptions) {}

    /** A lease that keeps its rent, and the code of why. */
    record LeftOut(UUID leaseId, String leaseNumber, String code) {}
}
