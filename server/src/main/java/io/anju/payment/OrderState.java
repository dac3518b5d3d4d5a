package io.anju.payment;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where an order stands, and the one table of legal moves. {@code payment.legal_move} holds the same pairs and the
 * database refuses every other one; a test compares both.
 */
public enum OrderState {
    /** The number is taken and stored; what the channel made of it is not known yet. */
    CREATED,
    /** The channel waits for the payer. */
    OPEN,
    /** Being closed; the channel has not confirmed it, so the money may still come. */
    CLOSING,
    PAID,
    CLOSED,
    /** The channel declined the order. */
    FAILED,
    /** The money came when nothing was open for it any more; it goes back by itself. */
    PAID_LATE;

    private static final Map<OrderState, Set<OrderState>> LEGAL_MOVES = Map.of(
            CREATED, EnumSet.of(OPEN, CLOSING, PAID, FAILED),
            OPEN, EnumSet.of(CLOSING, PAID, CLOSED),
            CLOSING, EnumSet.of(PAID, CLOSED),
            PAID, EnumSet.noneOf(OrderState.class),
            CLOSED, EnumSet.of(PAID_LATE),
            FAILED, EnumSet.of(PAID_LATE),
            PAID_LATE, EnumSet.noneOf(OrderState.class));

    public Set<OrderState> nextStates() {
        return Set.copyOf(LEGAL_MOVES.getOrDefault(this, Set.of()));
    }

    /** Whether the bills wait for this order: no other may be made for them. */
    public boolean isUnsettled() {
        return this == CREATED || this == OPEN || this == CLOSING;
    }

    /** Whether the channel has the payer's money. */
    public boolean hasMoney() {
        return this == PAID || this == PAID_LATE;
    }

    /** The name in the contract and in the database, such as {@code paid_late}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OrderState of(String id) {
        return Arrays.stream(values())
                .filter(state -> state.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no state of a payment: " + id));
    }
}
