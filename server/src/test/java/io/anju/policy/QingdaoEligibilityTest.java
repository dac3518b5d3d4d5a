package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static io.anju.policy.RuleResult.Verdict.FAILED;
import static io.anju.policy.RuleResult.Verdict.NOT_APPLICABLE;
import static io.anju.policy.RuleResult.Verdict.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class QingdaoEligibilityTest {
    private final PolicyDocument qingdao = Samples.qingdao();

    @ParameterizedTest(name = "{0} fen: {1}")
    @CsvSource({"0, PASSED", "338799, PASSED", "338800, PASSED", "338801, FAILED"})
    void income_per_person_up_to_3388_yuan(long fen, RuleResult.Verdict verdict) {
        assertThat(rule("income", Households.single().income(fen)).verdict()).isEqualTo(verdict);
    }

    @Test
    void income_of_a_household_is_divided_exactly() {
        var three = Households.single().with(Relation.CHILD, AS_OF).with(Relation.CHILD, AS_OF);
        assertThat(rule("income", three.income(3 * 338_800)).verdict()).isEqualTo(PASSED);
        assertThat(rule("income", three.income(3 * 338_800 + 1)).verdict()).isEqualTo(FAILED);
    }

    @ParameterizedTest(name = "on {0} the line is {1}")
    @CsvSource({
        "2012-12-01, ≤ 1916",
        "2015-12-31, ≤ 1916",
        "2016-01-01, ≤ 2936",
        "2018-12-31, ≤ 2936",
        "2019-01-01, ≤ 3388"
    })
    void income_line_is_that_of_the_day(LocalDate day, String bound) {
        var facts = Households.of(LocalDate.of(1970, 1, 1)).facts();
        assertThat(rule("income", facts, day).bound()).isEqualTo(bound);
    }

    @ParameterizedTest(name = "{0} ㎡: {1}")
    @CsvSource({"0.00, PASSED", "12.99, PASSED", "13.00, PASSED", "13.01, FAILED"})
    void floor_area_per_person_up_to_13_sqm(String area, RuleResult.Verdict verdict) {
        assertThat(rule("floor-area", Households.single().area(area)).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest(name = "{0} fen: {1}")
    @CsvSource({"16262399, PASSED", "16262400, PASSED", "16262401, FAILED"})
    void assets_up_to_four_yearly_lines(long fen, RuleResult.Verdict verdict) {
        assertThat(rule("assets", Households.single().assets(fen)).verdict()).isEqualTo(verdict);
    }

    static Stream<Arguments> singles() {
        var child = AS_OF.minusYears(1);
        return Stream.of(
                arguments("35 today", Households.of(AS_OF.minusYears(35)), PASSED),
                arguments("35 tomorrow", Households.of(AS_OF.minusYears(35).plusDays(1)), FAILED),
                arguments("35 yesterday", Households.of(AS_OF.minusYears(35).minusDays(1)), PASSED),
                arguments(
                        "20 with a child",
                        Households.of(AS_OF.minusYears(20)).with(Relation.CHILD, child),
                        NOT_APPLICABLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("singles")
    void who_applies_alone_is_35(String name, Households household, RuleResult.Verdict verdict) {
        assertThat(rule("single-age", household).verdict()).isEqualTo(verdict);
    }

    static Stream<Arguments> registers() {
        return Stream.of(
                arguments("370200", AS_OF.minusYears(5), PASSED, PASSED),
                arguments("370200", AS_OF.minusYears(5).plusDays(1), PASSED, FAILED),
                arguments("370200", null, PASSED, FAILED),
                arguments("320300", AS_OF.minusYears(30), FAILED, FAILED),
                arguments(null, AS_OF.minusYears(30), FAILED, FAILED));
    }

    @ParameterizedTest(name = "register of {0} since {1}")
    @MethodSource("registers")
    void household_register_of_the_city_for_five_years(
            String city, LocalDate since, RuleResult.Verdict local, RuleResult.Verdict years) {
        var household = Households.single().hukou(city, since);
        assertThat(rule("local-hukou", household).verdict()).isEqualTo(local);
        assertThat(rule("hukou-years", household).verdict()).isEqualTo(years);
    }

    @Test
    void one_member_with_five_years_is_enough() {
        var household = Households.single()
                .hukou("370200", AS_OF.minusYears(2))
                .with(new Person(Relation.SPOUSE, AS_OF.minusYears(38), "370200", AS_OF.minusYears(8)));
        assertThat(rule("hukou-years", household).verdict()).isEqualTo(PASSED);
    }

    @Test
    void says_why_in_both_languages() {
        var result = rule("income", Households.single().income(338_801));
        assertThat(result.passed()).isFalse();
        assertThat(result.bound()).isEqualTo("≤ 3388");
        assertThat(result.facts()).containsEntry("perCapitaMonthlyIncomeYuan", "3388.01");
        assertThat(result.text().zh()).isEqualTo("人均月收入 3388.01 元，标准为不高于 3388 元");
        assertThat(result.text().en())
                .isEqualTo("Income is 3388.01 yuan per person and month; the line is at most 3388 yuan");
    }

    @Test
    void asks_for_documents_that_the_household_needs() {
        var couple = Households.single().with(Relation.SPOUSE, AS_OF.minusYears(39));
        assertThat(qingdao.requiredDocuments(Households.single().facts(), AS_OF))
                .extracting(DocumentRule::id)
                .containsExactly("household-register", "income-proof", "commitment-letter");
        assertThat(qingdao.requiredDocuments(couple.facts(), AS_OF))
                .extracting(DocumentRule::id)
                .contains("marriage-certificate");
        assertThat(qingdao.requiredDocuments(couple.groups("extreme-hardship").facts(), AS_OF))
                .extracting(DocumentRule::id)
                .contains("low-income-certificate");
    }

    private RuleResult rule(String id, Households household) {
        return rule(id, household.facts(), AS_OF);
    }

    private RuleResult rule(String id, HouseholdFacts facts, LocalDate asOf) {
        return qingdao.eligibility(facts, asOf).stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
