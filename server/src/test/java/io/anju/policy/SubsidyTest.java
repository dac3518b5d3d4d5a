package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** 租赁补贴 of the sample cities. */
class SubsidyTest {
    private static final LocalDate IN_2016 = LocalDate.of(2016, 11, 22);
    private static final TenancyFacts HOME =
            new TenancyFacts(new BigDecimal("37.35"), 1_999L, 4_321L, 9_999_999L, List.of());

    /** The vector of the 2016 rule: (50 − 20) ㎡ × 18 yuan. */
    @Test
    void four_persons_with_20_sqm_of_their_own_got_540_yuan() {
        var answer = subsidy(Samples.qingdaoSubsidy("2016-1"), persons(4).area("20.00"), IN_2016);
        assertThat(answer.monthlyFen()).isEqualTo(54_000);
        assertThat(answer.trace()).extracting(MoneyStep::id).containsExactly("area", "within-the-line");
        assertThat(answer.trace().get(0).facts()).containsEntry("ownedAreaSqm", "20");
        assertThat(answer.trace().get(1).text().zh()).isEqualTo("人均月收入 0 元，每平方米补贴 18 元 × 30 平方米＝每月 540.00 元");
    }

    /** 20/18/16/14 yuan and 30/45/60 ㎡ less what they own. */
    @ParameterizedTest(name = "{0} persons, {1} ㎡, {2} fen each, {3}: {4}")
    @CsvSource({
        "4, 20.00, 100000, '', 72000",
        "1, 0.00, 169300, '', 54000",
        "1, 0.00, 169301, '', 48000",
        "1, 0.00, 254000, '', 48000",
        "1, 0.00, 254001, '', 42000",
        "1, 0.00, 338800, '', 42000",
        "1, 0.00, 338801, '', 0",
        "2, 10.00, 300000, '', 49000",
        "2, 10.00, 300000, extreme-hardship, 70000",
        "3, 12.34, 0, minimum-living-allowance, 95320",
        "1, 30.00, 0, '', 0",
        "1, 30.01, 0, '', 0",
        "1, 29.99, 0, '', 18",
        "5, 100.00, 0, '', 0"
    })
    void qingdao_pays_by_tiers(int persons, String area, long perCapitaFen, String group, long fen) {
        var household = persons(persons).area(area).income(perCapitaFen * persons);
        if (!group.isEmpty()) {
            household.groups(group);
        }
        assertThat(subsidy(Samples.qingdaoSubsidy("2019-1"), household, AS_OF).monthlyFen())
                .isEqualTo(fen);
    }

    static Stream<Arguments> everyBound() {
        return Stream.of(
                        new Sample("370200/rental-subsidy-2016.yaml", Samples.qingdaoSubsidy("2016-1"), IN_2016, "50"),
                        new Sample("370200/rental-subsidy-2019.yaml", Samples.qingdaoSubsidy("2019-1"), AS_OF, "30"),
                        new Sample("320300/rental-subsidy-2023.yaml", Samples.xuzhouSubsidy(), AS_OF, "15"),
                        new Sample("350200/public-rental-2024.yaml", Samples.xiamen(), AS_OF, "37.35"))
                .flatMap(sample -> sample.bands().values().stream().map(value -> arguments(sample, value)));
    }

    /** @param sqm what one person who owns nothing is paid for */
    record Sample(String file, PolicyDocument document, LocalDate day, String sqm) {
        SampleBands bands() {
            return SampleBands.read(file, "/subsidy/bands", day);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    @ParameterizedTest(name = "{0}: {1} yuan a month")
    @MethodSource("everyBound")
    void every_bound_and_one_fen_either_side(Sample sample, BigDecimal monthlyYuan) {
        var household = persons(1).income(monthlyYuan.movePointRight(2).longValueExact());
        var band = sample.bands().of(monthlyYuan);
        var answer = subsidy(sample.document(), household, sample.day());
        assertThat(answer.tier()).isEqualTo(band.id());
        var rate = band.node().has("rate")
                ? band.node().path("rate").decimalValue()
                : band.node().path("share").decimalValue().multiply(new BigDecimal("43.21"));
        var expected = rate.multiply(new BigDecimal(sample.sqm())).movePointRight(2);
        assertThat(answer.monthlyFen())
                .isEqualTo(expected.setScale(0, RoundingMode.HALF_UP).longValueExact());
    }

    /** 40 / 70 / 80 / 90 % of the market's 37.35 ㎡ × 43.21 yuan = 1613.8935 yuan. */
    @ParameterizedTest(name = "{0} fen, {1}: {2}")
    @CsvSource({
        "130000, '', 129111",
        "130001, '', 112973",
        "260000, '', 112973",
        "260001, '', 64556",
        "520000, '', 64556",
        "520001, '', 0",
        "520000, minimum-living-allowance, 145250"
    })
    void xiamen_separates_rent_and_subsidy(long fen, String group, long expected) {
        var household = persons(1).income(fen);
        if (!group.isEmpty()) {
            household.groups(group);
        }
        var xiamen = Samples.xiamen();
        assertThat(xiamen.money()
                        .rent(household.facts(), HOME, AS_OF)
                        .orElseThrow()
                        .monthlyFen())
                .isEqualTo(161_389);
        assertThat(subsidy(xiamen, household, AS_OF).monthlyFen()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "rent of {0} fen: {1}")
    @CsvSource({"44999, 44999", "45000, 45000", "45001, 45000", "0, 0"})
    void xuzhou_never_pays_more_than_the_rent_really_paid(long rentFen, long expected) {
        var tenancy = new TenancyFacts(null, null, null, rentFen, List.of());
        var answer = Samples.xuzhouSubsidy()
                .money()
                .subsidy(persons(3).facts(), tenancy, AS_OF)
                .orElseThrow();
        assertThat(answer.monthlyFen()).isEqualTo(expected);
        assertThat(answer.trace().stream().anyMatch(step -> step.id().equals("rent-really-paid")))
                .isEqualTo(rentFen < 45_000);
    }

    @Test
    void xuzhou_deems_the_minimum_wage_without_proof_or_below_it() {
        // 4000 yuan of four persons: 1000 each
        var household = persons(4).income(400_000).facts();
        assertThat(rate(household, earner(400_000L))).isEqualTo("low-income");
        // no proof: 2260 more make 1565 each
        assertThat(rate(household, earner(400_000L), earner(null))).isEqualTo("above");
        // 1740 proven, 520 more make 1130 each
        assertThat(rate(household, earner(226_000L), earner(174_000L))).isEqualTo("low-income");
        // exactly the minimum wage is no less than it
        assertThat(trace(household, earner(226_000L))).extracting(MoneyStep::id).doesNotContain("deemed-income");
        assertThat(trace(household, earner(225_999L)).get(0).text().zh()).contains("家庭月收入认定为 4000.01 元");
    }

    @Test
    void deems_the_minimum_wage_of_the_year() {
        var household = persons(1).income(100_000).facts();
        var tenancy = new TenancyFacts(null, null, null, 1L, List.of(earner(100_000L)));
        for (var expected : List.of("2023-12-31:2070", "2024-01-01:2260")) {
            var day = LocalDate.parse(expected.substring(0, 10));
            var answer = Samples.xuzhouSubsidy()
                    .money()
                    .subsidy(household, tenancy, day)
                    .orElseThrow();
            assertThat(answer.trace().get(0).bound()).isEqualTo("≥ " + expected.substring(11));
        }
    }

    @Test
    void refuses_earners_who_earn_more_than_the_household() {
        assertThatThrownBy(() -> rate(persons(1).income(1).facts(), earner(2L)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TenancyFacts.Earner earner(@Nullable Long provenFen) {
        return new TenancyFacts.Earner(provenFen);
    }

    private static String rate(HouseholdFacts household, TenancyFacts.Earner... earners) {
        var tenancy = new TenancyFacts(null, null, null, 100_000L, List.of(earners));
        return Samples.xuzhouSubsidy()
                .money()
                .subsidy(household, tenancy, AS_OF)
                .orElseThrow()
                .tier();
    }

    private static List<MoneyStep> trace(HouseholdFacts household, TenancyFacts.Earner... earners) {
        var tenancy = new TenancyFacts(null, null, null, 100_000L, List.of(earners));
        return Samples.xuzhouSubsidy()
                .money()
                .subsidy(household, tenancy, AS_OF)
                .orElseThrow()
                .trace();
    }

    private static Households persons(int count) {
        var household = Households.single();
        for (var i = 1; i < count; i++) {
            household.with(Relation.CHILD, LocalDate.of(2015, 1, 1));
        }
        return household;
    }

    private static SubsidyAnswer subsidy(PolicyDocument document, Households household, LocalDate day) {
        return document.money().subsidy(household.facts(), HOME, day).orElseThrow();
    }
}
