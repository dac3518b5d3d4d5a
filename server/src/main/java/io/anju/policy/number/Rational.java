package io.anju.policy.number;

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
 *
 * <p>A number may run with the days, as an age does. It then counts as its value of today; sums and multiples of it run
 * on, and whatever is decided by it (a comparison, a rounding) tells its {@link Horizon} how long it is decided so. So the
 * rules, which know nothing of this, can be asked at once for a whole span of days.
 */
public final class Rational implements Comparable<Rational> {
    public static final Rational ZERO = of(0);
    public static final Rational ONE = of(1);

    private static final int DISPLAY_DECIMALS = 6;
    private static final int LONG_BITS = 63;

    private final long numerator;
    private final long denominator;
    private final @Nullable Big big;
    private final @Nullable Growth growth;

    /** Numerator and denominator of any size. */
    public record Big(BigInteger numerator, BigInteger denominator) {}

    /** @param perDay does not run itself, and is not 0 */
    private record Growth(Rational perDay, Horizon horizon) {}

    private Rational(long numerator, long denominator, @Nullable Big big, @Nullable Growth growth) {
        this.numerator = numerator;
        this.denominator = denominator;
        this.big = big;
        this.growth = growth;
    }

    public static Rational of(long value) {
        return new Rational(value, 1, null, null);
    }

    /** @param denominator greater than zero */
    public static Rational of(long numerator, long denominator) {
        if (denominator <= 0) {
            throw new IllegalArgumentException("denominator must be positive: " + denominator);
        }
        return new Rational(numerator, denominator, null, null);
    }

    public static Rational of(BigDecimal value) {
        return value.scale() <= 0
                ? reduced(value.toBigIntegerExact(), BigInteger.ONE)
                : reduced(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    /** The same number of today, running by so much each day. */
    public Rational growing(Rational perDay, Horizon horizon) {
        return perDay.signum() == 0 ? today() : new Rational(numerator, denominator, big, new Growth(perDay, horizon));
    }

    /** By how much the number runs each day; 0 where it does not. */
    public Rational perDay() {
        return growth == null ? ZERO : growth.perDay();
    }

    /** The number as it is today. */
    private Rational today() {
        return growth == null ? this : new Rational(numerator, denominator, big, null);
    }

    public Rational plus(Rational other) {
        var sum = sum(other);
        var running = growth == null ? other.growth : growth;
        return running == null ? sum : sum.growing(perDay().plus(other.perDay()), running.horizon());
    }

    private Rational sum(Rational other) {
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

    public Rational minus(Rational other) {
        return plus(other.times(-1));
    }

    public Rational times(Rational other) {
        var product = product(other);
        if (growth == null && other.growth == null) {
            return product;
        }
        if (growth != null && other.growth != null) {
            // no straight line any more
            growth.horizon().endsToday();
            return product;
        }
        return growth != null ? product.growing(growth.perDay().times(other), growth.horizon()) : other.times(this);
    }

    private Rational product(Rational other) {
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

    public Rational times(long factor) {
        return times(of(factor));
    }

    /** @param divisor greater than zero: every divisor of a rule is a line or a count */
    public Rational dividedBy(Rational divisor) {
        if (divisor.signum() <= 0) {
            throw new IllegalArgumentException("divisor must be positive: " + divisor);
        }
        if (divisor.growth != null) {
            divisor.growth.horizon().endsToday();
            return today().dividedBy(divisor.today());
        }
        var inverse = divisor.big == null
                ? of(divisor.denominator, divisor.numerator)
                : reduced(divisor.big.denominator, divisor.big.numerator);
        return times(inverse);
    }

    public Rational dividedBy(long divisor) {
        return dividedBy(of(divisor));
    }

    public Rational min(Rational other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public Rational max(Rational other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The whole number at or below. */
    public long floor() {
        return rounded(0, RoundingMode.FLOOR).longValueExact();
    }

    public int signum() {
        return growth == null ? exactSignum() : compareTo(ZERO);
    }

    private int exactSignum() {
        return big == null ? Long.signum(numerator) : big.numerator.signum();
    }

    public BigDecimal rounded(int scale, RoundingMode mode) {
        var rounded = exactlyRounded(scale, mode);
        if (growth != null) {
            narrow(growth.horizon(), rounded, mode);
        }
        return rounded;
    }

    /** A running number is rounded to the same whole one until it meets its neighbours. */
    private void narrow(Horizon horizon, BigDecimal rounded, RoundingMode mode) {
        if (rounded.scale() != 0 || (mode != RoundingMode.FLOOR && mode != RoundingMode.CEILING)) {
            horizon.endsToday();
            return;
        }
        var whole = of(rounded);
        compareTo(whole);
        compareTo(mode == RoundingMode.FLOOR ? whole.plus(ONE) : whole.minus(ONE));
    }

    private BigDecimal exactlyRounded(int scale, RoundingMode mode) {
        return big == null
                ? BigDecimal.valueOf(numerator).divide(BigDecimal.valueOf(denominator), scale, mode)
                : new BigDecimal(big.numerator).divide(new BigDecimal(big.denominator), scale, mode);
    }

    /** For people: exact where six decimals suffice, otherwise rounded to six; no trailing zeros. */
    public String display() {
        var shown = rounded(DISPLAY_DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
        return shown.scale() < 0 ? shown.setScale(0).toPlainString() : shown.toPlainString();
    }

    @Override
    public int compareTo(Rational other) {
        int sign = compareToday(other);
        var running = growth == null ? other.growth : growth;
        if (running != null) {
            narrow(running.horizon(), other, sign);
        }
        return sign;
    }

    /** The comparison comes out the same until the day on which the two meet. */
    private void narrow(Horizon horizon, Rational other, int sign) {
        var approach = perDay().minus(other.perDay());
        int direction = approach.exactSignum();
        if (direction == 0 || direction == sign) {
            return;
        }
        if (sign == 0) {
            horizon.endsToday();
            return;
        }
        var distance = today().minus(other.today()).times(sign);
        var days = distance.dividedBy(approach.times(direction)).exactlyRounded(0, RoundingMode.CEILING);
        horizon.atMost(days.min(BigDecimal.valueOf(Horizon.MOST_DAYS)).longValueExact() - 1);
    }

    private int compareToday(Rational other) {
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
        return exact().hashCode();
    }

    @Override
    public String toString() {
        var value = big();
        return value.numerator + "/" + value.denominator;
    }

    /** Lowest terms. */
    public Big exact() {
        var value = big();
        return reduced(value.numerator, value.denominator).big();
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
                : new Rational(0, 1, new Big(top, bottom), null);
    }
}
