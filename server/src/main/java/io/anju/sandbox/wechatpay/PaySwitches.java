package io.anju.sandbox.wechatpay;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Misbehaviour on demand: each effect happens as often as was asked for, then things are ordinary again. Thread-safe. */
final class PaySwitches {
    private final Map<Effect, Armed> armed = new EnumMap<>(Effect.class);

    private record Armed(int times, String operation, String value) {}

    /** What can be made to happen; the name on the wire is in kebab case. */
    enum Effect {
        /** A notice that is never sent at all. */
        LOSE_NOTICE,
        /** One delivery that does not arrive; the ladder goes on. */
        DROP_DELIVERY,
        /** Value: how many copies of a delivery are sent at once. */
        COPY_DELIVERY,
        /** What is due goes out in another order. */
        REORDER_DELIVERIES,
        /** Value: seconds by which the first delivery is late. */
        DELAY_NOTICE,
        /** Value: fen by which the amount in a delivery is wrong. */
        WRONG_AMOUNT,
        WRONG_MERCHANT,
        WRONG_APP,
        WRONG_CURRENCY,
        /** A delivery about an order that was never made. */
        UNKNOWN_ORDER,
        /** A delivery whose signature is another text's. */
        FORGED_SIGNATURE,
        /** A delivery signed ten minutes ago. */
        STALE_TIMESTAMP,
        /** A delivery that lost its end after it was signed. */
        TRUNCATED_BODY,
        /** A delivery whose resource has an empty {@code associated_data}. */
        EMPTY_ASSOCIATED_DATA,
        /** A probe goes out beside the delivery: its signature begins {@code WECHATPAY/SIGNTEST/}. */
        SIGN_TEST,
        /** The request takes effect, and the connection ends before the answer. */
        LOSE_ANSWER,
        /** The answer's signature is another text's. */
        FORGE_ANSWER,
        /** The request has no effect. Value: the error that is answered. */
        ANSWER_ERROR,
        /** Value: {@code ABNORMAL} or {@code CLOSED}: what becomes of an accepted refund. */
        FAIL_REFUND,
        /** An accepted refund stays under way until the control side ends it. */
        HOLD_REFUND,
        /** An accepted refund is made at once, and the notice of it arrives before the answer to the request. */
        NOTICE_BEFORE_ANSWER,
        /** A payment is charged twice, under two transaction numbers. */
        CHARGE_TWICE,
        /** Value: what is planted into a bill, see {@link BillDefects}. */
        BILL_DEFECT,
        /** A bill that ends in the middle of a line, with the digest of the whole. */
        TRUNCATED_BILL,
        /** A bill whose digest is another file's. */
        WRONG_DIGEST,
        /** Value: seconds that the link to a bill lives. */
        BILL_LINK_SECONDS;

        static Optional<Effect> find(String wire) {
            for (var effect : values()) {
                if (effect.name().equals(wire.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                    return Optional.of(effect);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * Makes an effect happen so many times.
     *
     * @param operation the only operation that it concerns, such as {@code prepay}; empty for all of them
     */
    synchronized void arm(Effect effect, int times, String operation, String value) {
        armed.put(effect, new Armed(times, operation, value));
    }

    synchronized void clear() {
        armed.clear();
    }

    /** The effect's value, and one time less; empty where it is not to happen. */
    Optional<String> take(Effect effect) {
        return take(effect, "");
    }

    /** As {@link #take(Effect)}, where it concerns this operation. */
    synchronized Optional<String> take(Effect effect, String operation) {
        var one = armed.get(effect);
        if (one == null || (!one.operation().isEmpty() && !one.operation().equals(operation))) {
            return Optional.empty();
        }
        if (one.times() == 1) {
            armed.remove(effect);
        } else {
            armed.put(effect, new Armed(one.times() - 1, one.operation(), one.value()));
        }
        return Optional.of(one.value());
    }

    boolean isTaken(Effect effect) {
        return take(effect).isPresent();
    }
}
