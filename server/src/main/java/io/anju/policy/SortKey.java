package io.anju.policy;

import io.anju.policy.OrderKey.Direction;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * A place in an order as bytes: comparing two of them byte by byte compares the places. So a database can sort a million
 * households under an order that only this package understands.
 */
public final class SortKey {
    /** More decimals than any scoring rounds to. */
    private static final int SCORE_SCALE = 8;

    private static final int INSTANT_BYTES = Long.BYTES + Integer.BYTES;
    private static final int DRAW_BYTES = 2 * Long.BYTES;

    private SortKey() {}

    /** The key of a household in this order; the receipt number decides what the keys leave open. */
    public static byte[] of(List<OrderKey> order, Standing standing) {
        var bytes = new ByteArrayOutputStream(64);
        for (var key : order) {
            var part = part(key.by(), standing);
            bytes.writeBytes(key.direction() == Direction.ASCENDING ? part : inverted(part));
        }
        bytes.writeBytes(text(standing.receiptNumber()));
        return bytes.toByteArray();
    }

    /** A score as it stands in a key. */
    public static long points(long unscaled, int scale) {
        return BigDecimal.valueOf(unscaled, scale)
                .setScale(SCORE_SCALE, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .longValueExact();
    }

    /**
     * Writes another number over that of one kind in a key of this order; nothing where the order does not ask for it.
     *
     * @param at where the order's own bytes begin
     * @param by {@link OrderKey.By#SCORE} as {@link #points}, {@link OrderKey.By#PRIORITY}, or
     *     {@link OrderKey.By#EARLIEST_OF} as an epoch day
     */
    public static void overwrite(List<OrderKey> order, byte[] key, int at, OrderKey.By by, long number) {
        int next = at;
        for (var part : order) {
            if (part.by() == by) {
                var bytes = signed(number);
                System.arraycopy(
                        part.direction() == Direction.ASCENDING ? bytes : inverted(bytes), 0, key, next, Long.BYTES);
            }
            next += length(part, key, next);
        }
    }

    private static int length(OrderKey part, byte[] key, int at) {
        return switch (part.by()) {
            case PRIORITY, SCORE, EARLIEST_OF -> Long.BYTES;
            case APPLIED_AT, REGISTERED_AT -> INSTANT_BYTES;
            case DRAW -> DRAW_BYTES;
            case RECEIPT_NUMBER -> textLength(key, at, part.direction() == Direction.ASCENDING ? 0 : ~0);
        };
    }

    private static int textLength(byte[] key, int at, int end) {
        int next = at;
        while (key[next] != (byte) end) {
            next++;
        }
        return next + 1 - at;
    }

    private static byte[] part(OrderKey.By by, Standing standing) {
        return switch (by) {
            case PRIORITY -> signed(standing.priority());
            case SCORE -> score(standing.score());
            case APPLIED_AT -> instant(standing.appliedAt());
            case REGISTERED_AT -> instant(standing.registeredAt());
            case EARLIEST_OF -> signed(standing.since().toEpochDay());
            case DRAW ->
                ByteBuffer.allocate(DRAW_BYTES)
                        .putLong(standing.draw().high())
                        .putLong(standing.draw().low())
                        .array();
            case RECEIPT_NUMBER -> text(standing.receiptNumber());
        };
    }

    /** Equal scores give equal keys, however many zeros they are written with. */
    private static byte[] score(BigDecimal score) {
        return signed(score.setScale(SCORE_SCALE, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .longValueExact());
    }

    private static byte[] instant(Instant instant) {
        return ByteBuffer.allocate(INSTANT_BYTES)
                .put(signed(instant.getEpochSecond()))
                .putInt(instant.getNano())
                .array();
    }

    /** Negative numbers come before positive ones once the sign bit is turned. */
    private static byte[] signed(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number ^ Long.MIN_VALUE).array();
    }

    /** Ends with a byte that no text holds, so that a text comes before those which begin with it. */
    private static byte[] text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bytes.length + 1).put(bytes).put((byte) 0).array();
    }

    private static byte[] inverted(byte[] bytes) {
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return bytes;
    }
}
