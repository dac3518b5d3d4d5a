package io.anju.policy;

import io.anju.policy.number.Rational;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * A household's score over a span of days: {@code (start + perDay × days since from) ÷ divisor}, rounded as its document
 * says. Within the span no rule decides otherwise, so the score of any of its days needs no fact of the household.
 *
 * @param from first day, as an epoch day
 * @param until last day, as an epoch day
 * @param start never negative, nor on any later day of the span
 * @param divisor greater than 0
 * @param scale decimals
 */
public record Course(long from, long until, long start, long perDay, long divisor, int scale, RoundingMode rounding) {
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000};
    /** Leaves room for the rest times ten thousand, doubled. */
    private static final int MOST_BITS = 62 - 15;

    /** @param total before it is rounded */
    static Course of(Rational total, Rational perDay, int days, LocalDate from, int scale, RoundingMode rounding) {
        var value = total.exact();
        var slope = perDay.exact();
        var gcd = value.denominator().gcd(slope.denominator());
        var divisor = value.denominator().divide(gcd).multiply(slope.denominator());
        var start = value.numerator().multiply(divisor.divide(value.denominator()));
        var step = slope.numerator().multiply(divisor.divide(slope.denominator()));
        var end = start.add(step.multiply(BigInteger.valueOf(days)));
        long first = from.toEpochDay();
        if (divisor.bitLength() <= MOST_BITS
                && start.bitLength() < Long.SIZE
                && end.bitLength() < Long.SIZE
                && step.bitLength() < Long.SIZE) {
            return new Course(
                    first, first + days, start.longValue(), step.longValue(), divisor.longValue(), scale, rounding);
        }
        // numbers too fine to run with the days: today's alone
        long rounded = total.rounded(scale, rounding).unscaledValue().longValueExact();
        return new Course(first, first, rounded, 0, POWERS[scale], scale, rounding);
    }

    public boolean holdsOn(long epochDay) {
        return from <= epochDay && epochDay <= until;
    }

    /** The score of a day of the span, times ten to the power of {@link #scale}. */
    public long at(long epochDay) {
        long value = start + perDay * (epochDay - from);
        long power = POWERS[scale];
        long rest = value % divisor * power;
        long points = value / divisor * power + rest / divisor;
        long twice = rest % divisor * 2;
        boolean isUp =
                switch (rounding) {
                    case HALF_UP -> twice >= divisor;
                    case HALF_EVEN -> twice > divisor || (twice == divisor && points % 2 != 0);
                    case DOWN -> false;
                    default -> throw new IllegalStateException("no document rounds " + rounding);
                };
        return isUp ? points + 1 : points;
    }
}
