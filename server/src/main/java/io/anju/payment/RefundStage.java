package io.anju.payment;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where a refund stands, and the one table of legal moves; the database has the same, as for {@link OrderState}. */
public enum RefundStage {
    /** Waits for approval. */
    REQUESTED,
    /** To be handed to the channel, again and again under one number until it has an answer. */
    APPROVED,
    /** The channel has accepted it, which is not success. */
    PROCESSING,
    SUCCEEDED,
    REJECTED,
    /** The channel declined it; its amount may be refunded by another. */
    FAILED,
    /** The payer's card cannot take it; staff arrange it with the channel. */
    ABNORMAL;

    private static final Map<RefundStage, Set<RefundStage>> LEGAL_MOVES = Map.of(
            REQUESTED, EnumSet.of(APPROVED, REJECTED),
            APPROVED, EnumSet.of(PROCESSING, SUCCEEDED, FAILED, ABNORMAL),
            PROCESSING, EnumSet.of(SUCCEEDED, FAILED, ABNORMAL),
            ABNORMAL, EnumSet.of(SUCCEEDED, FAILED),
            SUCCEEDED, EnumSet.noneOf(RefundStage.class),
            REJECTED, EnumSet.noneOf(RefundStage.class),
            FAILED, EnumSet.noneOf(RefundStage.class));

    public Set<RefundStage> nextStages() {
        return Set.copyOf(LEGAL_MOVES.getOrDefault(this, Set.of()));
    }

    boolean mayMoveTo(RefundStage next) {
        return nextStages().contains(next);
    }

    /** The name in the contract and in the database. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RefundStage of(String id) {
        return Arrays.stream(values())
                .filter(stage -> stage.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no stage of a refund: " + id));
    }
}
