package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** 青土资房发〔2012〕528号. */
class QingdaoScoreTest {
    private final PolicyDocument qingdao = Samples.qingdao();

    /** Mean age 40, 900 yuan and 6.5 ㎡ per person, three full years since the notice. */
    private static HouseholdFacts family() {
        return Households.of(AS_OF.minusYears(42))
                .with(Relation.SPOUSE, AS_OF.minusYears(38))
                .with(Relation.CHILD, AS_OF.minusYears(9))
                .area("19.50")
                .income(270_000)
                .qualified(AS_OF.minusYears(3))
                .facts();
    }

    /** 62 years and half of the next; no home, 1200 yuan, seven full years since the notice. */
    private static HouseholdFacts single(LocalDate asOf) {
        return Households.of(LocalDate.of(1965, 7, 1))
                .income(120_000)
                .qualified(asOf.minusYears(7))
                .facts();
    }

    /** Two generations, 9.75 ㎡ and 920 yuan per person, no qualification notice yet. */
    private static HouseholdFacts motherAndSon() {
        return Households.of(AS_OF.minusYears(36))
                .with(Relation.CHILD, AS_OF.minusYears(8))
                .area("19.50")
                .income(184_000)
                .facts();
    }

    @Test
    void family_of_three_has_71() {
        assertThat(qingdao.scoreTotal(family(), AS_OF)).isEqualTo(new BigDecimal("71.0000"));
    }

    @Test
    void single_person_of_62_and_a_half() {
        // from 1 July 2027 to 1 July 2028 are 366 days; 183 of them have passed on 31 December
        var asOf = LocalDate.of(2027, 12, 31);
        assertThat(qingdao.scoreTotal(single(asOf), asOf)).isEqualTo(new BigDecimal("84.3438"));
    }

    @Test
    void two_persons_of_two_generations_have_49_and_a_half() {
        assertThat(qingdao.scoreTotal(motherAndSon(), AS_OF)).isEqualTo(new BigDecimal("49.5000"));
    }

    @Test
    void explains_every_item() {
        var items = qingdao.score(family(), AS_OF).items().stream()
                .collect(Collectors.toMap(ScoreItem::id, item -> item.points().toPlainString()));
        assertThat(items)
                .containsEntry("housing", "17.5000")
                .containsEntry("income", "10.0000")
                .containsEntry("age", "17.5000")
                .containsEntry("household", "20.0000")
                .containsEntry("waiting", "6.0000")
                .hasSize(5);
        var housing = qingdao.score(family(), AS_OF).items().get(0);
        assertThat(housing.explanation().zh()).isEqualTo("人均住房面积 6.5 平方米，（1－6.5÷13）×35＝17.5000 分");
        assertThat(housing.explanation().en()).isEqualTo("6.5 ㎡ per person: (1 − 6.5 ÷ 13) × 35 = 17.5000 points");
    }

    @ParameterizedTest(name = "{0} ㎡ per person give {1}")
    @CsvSource({"0.00, 35.0000", "0.01, 34.9731", "6.50, 17.5000", "12.99, 0.0269", "13.00, 0.0000", "13.01, 0.0000"})
    void housing_falls_to_nothing_at_13_sqm(String areaSqm, String points) {
        assertThat(item("housing", Households.single().area(areaSqm))).isEqualTo(points);
    }

    @ParameterizedTest(name = "{0} fen give {1}")
    @CsvSource({"0, 10.0000", "91999, 10.0000", "92000, 10.0000", "92001, 7.0000", "338800, 7.0000"})
    void income_up_to_920_yuan_has_10(long fen, String points) {
        assertThat(item("income", Households.single().income(fen))).isEqualTo(points);
    }

    @Test
    void income_is_per_person_to_the_fraction_of_a_fen() {
        var three = Households.single().with(Relation.CHILD, AS_OF).with(Relation.CHILD, AS_OF);
        assertThat(item("income", three.income(276_000))).isEqualTo("10.0000");
        assertThat(item("income", three.income(276_001))).isEqualTo("7.0000");
    }

    static Stream<Arguments> ages() {
        return Stream.of(
                arguments("79 years and 364 days", AS_OF.minusYears(80).plusDays(1), "34.9988"),
                arguments("80 years", AS_OF.minusYears(80), "35.0000"),
                arguments("80 years and a day", AS_OF.minusYears(80).minusDays(1), "35.0000"),
                arguments("36 years", AS_OF.minusYears(36), "15.7500"),
                arguments("35 years and 364 days", AS_OF.minusYears(36).plusDays(1), "15.7488"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ages")
    void age_counts_to_the_day_up_to_80(String name, LocalDate born, String points) {
        assertThat(item("age", Households.of(born))).isEqualTo(points);
    }

    @Test
    void age_of_a_couple_is_their_mean() {
        var couple = Households.of(AS_OF.minusYears(70)).with(Relation.SPOUSE, AS_OF.minusYears(50));
        assertThat(item("age", couple)).isEqualTo("26.2500");
        assertThat(item("age", couple.with(Relation.PARENT, AS_OF.minusYears(90))))
                .isEqualTo("26.2500");
    }

    static Stream<Arguments> households() {
        var born = AS_OF.minusYears(40);
        return Stream.of(
                arguments("one person", Households.of(born), "5.0000"),
                arguments("a couple", Households.of(born).with(Relation.SPOUSE, born), "10.0000"),
                arguments("siblings", Households.of(born).with(Relation.SIBLING, born), "10.0000"),
                arguments("with another", Households.of(born).with(Relation.OTHER, born), "10.0000"),
                arguments("parent and child", Households.of(born).with(Relation.CHILD, AS_OF), "15.0000"),
                arguments("with a parent", Households.of(born).with(Relation.PARENT, born.minusYears(30)), "15.0000"),
                arguments("with a grandparent", Households.of(born).with(Relation.GRANDPARENT, born), "15.0000"),
                arguments(
                        "three persons of one generation",
                        Households.of(born).with(Relation.SPOUSE, born).with(Relation.SIBLING, born),
                        "20.0000"),
                arguments(
                        "three persons of three generations",
                        Households.of(born).with(Relation.CHILD, AS_OF).with(Relation.PARENT, born.minusYears(30)),
                        "20.0000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("households")
    void household_by_persons_and_generations(String name, Households household, String points) {
        assertThat(item("household", household)).isEqualTo(points);
    }

    static Stream<Arguments> notices() {
        return Stream.of(
                arguments(AS_OF, "0.0000"),
                arguments(AS_OF.minusYears(1).plusDays(1), "0.0000"),
                arguments(AS_OF.minusYears(1), "2.0000"),
                arguments(AS_OF.minusYears(5).plusDays(1), "8.0000"),
                arguments(AS_OF.minusYears(5), "10.0000"),
                arguments(AS_OF.minusYears(6), "10.0000"),
                arguments(AS_OF.plusDays(1), "0.0000"));
    }

    @ParameterizedTest(name = "notice of {0}")
    @MethodSource("notices")
    void waiting_has_2_for_each_full_year_up_to_10(LocalDate notice, String points) {
        assertThat(item("waiting", Households.single().qualified(notice))).isEqualTo(points);
    }

    @Test
    void waiting_is_nothing_before_a_notice() {
        assertThat(item("waiting", Households.single())).isEqualTo("0.0000");
    }

    private String item(String id, Households household) {
        return qingdao.score(household.facts(), AS_OF).items().stream()
                .filter(item -> item.id().equals(id))
                .map(item -> item.points().toPlainString())
                .findFirst()
                .orElseThrow();
    }
}
