package io.anju.policy.number;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RationalTest {
    private static final long SEED = 20261122;

    @ParameterizedTest
    @CsvSource({
        "1, 3, 0.3333",
        "2, 3, 0.6667",
        "1, 8, 0.1250",
        "-1, 3, -0.3333",
        "27, 80000, 0.0003",
        "7, 20000, 0.0004"
    })
    void rounds_half_up_once(long numerator, long denominator, String expected) {
        assertThat(Rational.of(numerator, denominator).rounded(4, RoundingMode.HALF_UP))
                .isEqualTo(new BigDecimal(expected));
    }

    @ParameterizedTest
    @CsvSource({"13.00, 13", "900, 900", "0.50, 0.5", "0, 0", "1000000, 1000000"})
    void shows_no_needless_zeros(BigDecimal value, String expected) {
        assertThat(Rational.of(value).display()).isEqualTo(expected);
    }

    @Test
    void shows_six_decimals_where_there_is_no_end() {
        assertThat(Rational.of(200, 3).display()).isEqualTo("66.666667");
    }

    @Test
    void refuses_to_divide_by_nothing() {
        assertThatThrownBy(() -> Rational.ONE.dividedBy(Rational.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rational.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void equal_values_are_equal() {
        assertThat(Rational.of(2, 4)).isEqualTo(Rational.of(1, 2)).hasSameHashCodeAs(Rational.of(1, 2));
        assertThat(Rational.of(2, 4)).isNotEqualTo(Rational.of(1, 3));
    }

    /** Against plain big-integer fractions, with numbers that stay within two longs and numbers that do not. */
    @Test
    void agrees_with_big_integers() {
        var random = new Random(SEED);
        for (var i = 0; i < 20_000; i++) {
            var bits = 1 + random.nextInt(63);
            var a = fraction(random, bits);
            var b = fraction(random, bits);
            var sum = a[0].multiply(b[1]).add(b[0].multiply(a[1]));
            var product = a[0].multiply(b[0]);
            var bottom = a[1].multiply(b[1]);
            var x = rational(a);
            var y = rational(b);
            var description = "seed " + SEED + ", round " + i;
            assertThat(x.plus(y).rounded(6, RoundingMode.HALF_UP))
                    .as(description)
                    .isEqualTo(decimal(sum, bottom));
            assertThat(x.times(y).rounded(6, RoundingMode.HALF_UP))
                    .as(description)
                    .isEqualTo(decimal(product, bottom));
            assertThat(Integer.signum(x.compareTo(y)))
                    .as(description)
                    .isEqualTo(a[0].multiply(b[1]).compareTo(b[0].multiply(a[1])));
            assertThat(x.plus(y).minus(y)).as(description).isEqualTo(x);
            assertThat(x.times(x).times(y).times(y).signum())
                    .as(description)
                    .isEqualTo(a[0].signum() * a[0].signum() * b[0].signum() * b[0].signum());
        }
    }

    private static BigInteger[] fraction(Random random, int bits) {
        var numerator = new BigInteger(bits, random);
        return new BigInteger[] {
            random.nextBoolean() ? numerator : numerator.negate(), new BigInteger(bits, random).max(BigInteger.ONE)
        };
    }

    private static Rational rational(BigInteger[] fraction) {
        return Rational.of(fraction[0].longValueExact(), fraction[1].longValueExact());
    }

    private static BigDecimal decimal(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), 6, RoundingMode.HALF_UP);
    }
}
