package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** 差别化租金: shares of the project's standard by per-capita yearly income. */
class GuangzhouRentTest {
    private static final SampleBands BANDS = SampleBands.read("440100/public-rental-2024.yaml", "/rent/bands", AS_OF);
    /** With twelve persons a fen of the household's month is a fen of a person's year. */
    private static final int PERSONS = 12;

    private static final TenancyFacts HOME = new TenancyFacts(new BigDecimal("50.00"), 1_999L, 4_321L, null, List.of());

    private final PolicyDocument guangzhou = Samples.guangzhou();

    static Stream<BigDecimal> everyBound() {
        return BANDS.values().stream();
    }

    @ParameterizedTest(name = "{0} yuan a year")
    @MethodSource("everyBound")
    void every_bound_and_one_fen_either_side(BigDecimal yearlyYuan) {
        var band = BANDS.of(yearlyYuan);
        var answer = rent(yearlyYuan);
        assertThat(answer.tier()).isEqualTo(band.id());
        var standard = new BigDecimal(band.node().has("standard") ? "43.21" : "19.99");
        var expected = standard.multiply(band.node().path("share").decimalValue())
                .multiply(new BigDecimal("5000"))
                .setScale(0, RoundingMode.HALF_UP);
        assertThat(answer.monthlyFen()).isEqualTo(expected.longValueExact());
        assertThat(answer.mayEnter()).isEqualTo(!band.node().has("entry"));
        assertThat(answer.mayStay()).isEqualTo(!band.node().has("stay"));
    }

    /** The shares of the rule, for a home of 50 ㎡ at 19.99 yuan: 999.50 yuan in full. */
    @ParameterizedTest(name = "{0} yuan a year: {1} fen")
    @CsvSource({
        "0, 9995, true",
        "20663.00, 29985, true",
        "20663.01, 39980, true",
        "24795.00, 39980, true",
        "24795.01, 49975, true",
        "29434.00, 49975, true",
        "29434.01, 59970, true",
        "35660.00, 59970, true",
        "35660.01, 69965, false",
        "42792.00, 69965, false"
    })
    void shares_of_the_rule(BigDecimal yearlyYuan, long fen, boolean mayEnter) {
        var answer = rent(yearlyYuan);
        assertThat(answer.monthlyFen()).isEqualTo(fen);
        assertThat(answer.mayEnter()).isEqualTo(mayEnter);
        assertThat(answer.mayStay()).isTrue();
    }

    @Test
    void who_may_not_newly_enter_keeps_the_home() {
        var household = household(new BigDecimal("35660.01")).facts();
        assertThat(guangzhou.eligibility(household, AS_OF)).noneMatch(RuleResult::passed);
        var rent = guangzhou.money().rent(household, HOME, AS_OF).orElseThrow();
        assertThat(rent.mayEnter()).isFalse();
        assertThat(rent.mayStay()).isTrue();
        assertThat(rent(new BigDecimal("42792.01")).mayStay()).isFalse();
    }

    @Test
    void the_trace_says_what_decided() {
        var step = rent(new BigDecimal("20663.01")).trace().get(0);
        assertThat(step.id()).isEqualTo("up-to-24795");
        assertThat(step.bound()).isEqualTo("≤ 24795, > 20663");
        assertThat(step.fen()).isEqualTo(39_980);
        assertThat(step.facts())
                .containsEntry("perCapitaYearlyIncomeYuan", "20663.01")
                .containsEntry("homeAreaSqm", "50")
                .containsEntry("projectStandardYuanPerSqm", "19.99");
        assertThat(step.text().zh())
                .isEqualTo("人均年收入 20663.01 元（≤ 24795, > 20663），按每平方米 19.99 元的 40%、50 平方米计，月租金 399.80 元");
    }

    @Test
    void names_the_fact_that_is_missing() {
        var household = household(BigDecimal.TEN).facts();
        assertThatThrownBy(() -> guangzhou.money().rent(household, TenancyFacts.NONE, AS_OF))
                .isInstanceOf(MissingFactException.class)
                .hasMessage("the rule needs the fact homeAreaSqm");
    }

    @Test
    void takes_no_applications() {
        assertThat(guangzhou.takesApplications()).isFalse();
        assertThat(Samples.qingdao().takesApplications()).isTrue();
    }

    private RentAnswer rent(BigDecimal yearlyYuan) {
        return guangzhou
                .money()
                .rent(household(yearlyYuan).facts(), HOME, AS_OF)
                .orElseThrow();
    }

    private static Households household(BigDecimal yearlyYuan) {
        var household = Households.single().in("440100");
        for (var i = 1; i < PERSONS; i++) {
            household.with(Relation.SIBLING, AS_OF.minusYears(20));
        }
        return household.income(yearlyYuan.movePointRight(2).longValueExact());
    }
}
