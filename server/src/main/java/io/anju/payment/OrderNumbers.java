package io.anju.payment;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/** Numbers at the channel: a letter, the city, and the row's id in 25 digits of base 36. WeChat takes 32 characters. */
final class OrderNumbers {
    private static final int BASE = 36;
    private static final int DIGITS = 25;

    private OrderNumbers() {}

    static String ofPayment(String cityCode, UUID id) {
        return "P" + cityCode + digits(id);
    }

    static String ofRefund(String cityCode, UUID id) {
        return "R" + cityCode + digits(id);
    }

    private static String digits(UUID id) {
        var bytes = ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        var digits = new BigInteger(1, bytes).toString(BASE).toUpperCase(Locale.ROOT);
        return "0".repeat(DIGITS - digits.length()) + digits;
    }
}
