package io.anju.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * An exact fraction. Ages to the day and shares of persons have no finite decimals, so points are summed as fractions
 * and rounded once.
 *
 * <p>Two longs hold nearly every value and make scoring of whole cities fast; what does not fit is reduced, and kept as
 * big integers if it still does not fit.
 */
final class Rational implements Comparable<Rational> {
    static final Rational ZERO = of(0);
    static final Rational ONE = of(1);

    private static final int DISPLAY_DECIMALS = 6;
    private static final int LONG_BITS = 63;

    private final long numerator;
    private final long denominator;
    private final @Nullable Big big;

    private record Big(BigInteger numerator, BigInteger denominator) {}

    private Rational(long numerator, long denominator, @Nullable Big big) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.big = big;
    }

    static Rational of(long value) {
        return new Rational(value, 1, null);
    }

    /** @param denominator greater than zero */
    static Rational of(long numerator, long denominator) {
        if (denominator <= 0) {
            throw new IllegalArgumentException("denominator must be positive: " + denominator);
        }
        return new Rational(numerator, denominator, null);
    }

    static Rational of(BigDecimal value) {
        return value.scale() <= 0
                ? reduced(value.toBigIntegerExact(), BigInteger.ONE)
                : reduced(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    Rational plus(Rational other) {
        if (big == null && other.big == null) {
            try {
                return denominator == other.denominator
                        ? of(Math.addExact(numerator, other.numerator), denominator)
                        : of(
                                Math.addExact(
                                        Math.multiplyExact(numerator, other.denominator),
                                        Math.multiplyExact(other.numerator, denominator)),
                                Math.multiplyExact(denominator, other.denominator));
            } catch (ArithmeticException tooBig) {
                // falls through to big integers
            }
        }
        var a = big();
        var b = other.big();
        return reduced(
                a.numerator.multiply(b.denominator).add(b.numerator.multiply(a.denominator)),
                a.denominator.multiply(b.denominator));
    }

    Rational minus(Rational other) {
        return plus(other.times(-1));
    }

    Rational times(Rational other) {
        if (big == null && other.big == null) {
            try {
                return of(
                        Math.multiplyExact(numerator, other.numerator),
                        Math.multiplyExact(denominator, other.denominator));
            } catch (ArithmeticException tooBig) {
                // falls through to big integers
            }
        }
        var a = big();
        var b = other.big();
        return reduced(a.numerator.multiply(b.numerator), a.denominator.multiply(b.denominator));
    }

    Rational times(long factor) {
        return times(of(factor));
    }

    /** @param divisor greater than zero: every divisor of a rule is a line or a count */
    Rational dividedBy(Rational divisor) {
        if (divisor.signum() <= 0) {
            throw new IllegalArgumentException("divisor must be positive: " + divisor);
        }
        var inverse = divisor.big == null
                ? of(divisor.denominator, divisor.numerator)
                : reduced(divisor.big.denominator, divisor.big.numerator);
        return times(inverse);
    }

    Rational dividedBy(long divisor) {
        return dividedBy(of(divisor));
    }

    Rational min(Rational other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Rational max(Rational other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The whole number at or below. */
    long floor() {
        return rounded(0, RoundingMode.FLOOR).longValueExact();
    }

    int signum() {
        return big == null ? Long.signum(numerator) : big.numerator.signum();
    }

    BigDecimal rounded(int scale, RoundingMode mode) {
        return big == null
                ? BigDecimal.valueOf(numerator).divide(BigDecimal.valueOf(denominator), scale, mode)
                : new BigDecimal(big.numerator).divide(new BigDecimal(big.denominator), scale, mode);
    }

    /** For people: exact where six decimals suffice, otherwise rounded to six; no trailing zeros. */
    String display() {
        var shown = rounded(DISPLAY_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return shown.scale() < 0 ? shown.setScale(0).toPlainString() : shown.toPlainString();
    }

    @Override
    public int compareTo(Rational other) {
        if (big != null || other.big != null) {
            var a = big();
            var b = other.big();
            return a.numerator.multiply(b.denominator).compareTo(b.numerator.multiply(a.denominator));
        }
        if (denominator == other.denominator) {
            return Long.compare(numerator, other.numerator);
        }
        // the cross products as 128 bits, the high half signed and the low half unsigned
        var high = Math.multiplyHigh(numerator, other.denominator);
        var otherHigh = Math.multiplyHigh(other.numerator, denominator);
        return high != otherHigh
                ? Long.compare(high, otherHigh)
                : Long.compareUnsigned(numerator * other.denominator, other.numerator * denominator);
    }

    /** Equal in value: 1/2 and 2/4 are the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Rational rational && compareTo(rational) == 0;
    }

    @Override
    public int hashCode() {
        var value = big();
        return reduced(value.numerator, value.denominator).big().hashCode();
    }

    @Override
    public String toString() {
        var value = big();
        return value.numerator + "/" + value.denominator;
    }

    private Big big() {
        return big != null ? big : new Big(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    private static Rational reduced(BigInteger numerator, BigInteger denominator) {
        var divisor = numerator.gcd(denominator);
        var top = numerator.divide(divisor);
        var bottom = denominator.divide(divisor);
        return top.bitLength() <= LONG_BITS && bottom.bitLength() <= LONG_BITS
                ? of(top.longValueExact(), bottom.longValueExact())
                : new Rational(0, 1, new Big(top, bottom));
    }
}
