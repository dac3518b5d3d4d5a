package io.anju.arrears;

import io.anju.policy.ArrearsAnswer.Action;
import io.anju.policy.ArrearsFollowUp.Channel;
import io.anju.policy.ArrearsFollowUp.Office;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.anju.policy.Text;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Arrears of one tenancy of a lease that are followed up (欠租催缴), from its first overdue bill until nothing of it is
 * overdue. How much and since when follows from the bills and is never kept.
 *
 * @param tenantFrom the first day of the tenant whose arrears they are
 * @param stage of the last step that was taken; null before the first
 * @param closedOn null while it is open
 */
record ArrearsCase(
        UUID id,
        UUID leaseId,
        LocalDate tenantFrom,
        String cityCode,
        String programme,
        String policyDigest,
        LocalDate openedOn,
        @Nullable Action stage,
        @Nullable Office office,
        @Nullable LocalDate closedOn) {

    boolean isOpen() {
        return closedOn == null;
    }

    /**
     * A step of the ladder that was taken.
     *
     * @param rung its id in the policy
     * @param deliveries one for each way in which it reached the household
     */
    record Step(
            UUID id,
            UUID caseId,
            String rung,
            Action action,
            Office office,
            List<Channel> channels,
            LocalDate dueOn,
            LocalDate takenOn,
            LocalDate unpaidSince,
            long overdueFen,
            Text text,
            List<Delivery> deliveries) {
        Step {
            channels = List.copyOf(channels);
            deliveries = List.copyOf(deliveries);
        }

        boolean wasDelivered(Channel channel) {
            return deliveries.stream().anyMatch(delivery -> delivery.channel() == channel);
        }
    }

    record Delivery(Channel channel, LocalDate on, @Nullable String note) {}

    /**
     * Days on which nothing is done and no late fee grows.
     *
     * @param tenantFrom the first day of the tenant whose arrears are paused
     * @param to last day as it was set
     * @param endedOn first day that is no longer paused; null where it ran, or runs, to its last day
     */
    record Pause(
            UUID id,
            UUID leaseId,
            LocalDate tenantFrom,
            String cityCode,
            PauseReason reason,
            LocalDate from,
            LocalDate to,
            String note,
            @Nullable UUID sourceId,
            @Nullable LocalDate endedOn,
            @Nullable String endNote) {

        /** The last day that is paused; before the first where it ended on its first. */
        LocalDate lastDay() {
            return endedOn == null || endedOn.isAfter(to) ? to : endedOn.minusDays(1);
        }

        boolean holds(LocalDate day) {
            return !day.isBefore(from) && !day.isAfter(lastDay());
        }
    }

    /** What was charged for being late with a bill, up to a day. */
    record Fee(
            UUID billId,
            UUID leaseId,
            LocalDate through,
            long accruedFen,
            @Nullable Long capFen,
            long chargedFen,
            @Nullable UUID feeBillId,
            Text text,
            Instant recordedAt) {}

    /** The name in the contract and in the database, such as {@code formal-notice}. */
    static String id(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static <E extends Enum<E>> E of(Class<E> type, String id) {
        return Arrays.stream(type.getEnumConstants())
                .filter(value -> id(value).equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(type.getSimpleName() + " has no " + id));
    }
}
