package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.time.WorkingDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XuzhouTest {
    private final PolicyDocument xuzhou = Samples.xuzhou();

    @ParameterizedTest(name = "{0} fen: {1}")
    @CsvSource({"154899, true", "154900, false", "154901, false"})
    void income_per_person_below_1549_yuan(long fen, boolean passed) {
        assertThat(passes("income", single().income(fen))).isEqualTo(passed);
    }

    @ParameterizedTest(name = "{0} ㎡: {1}")
    @CsvSource({"14.99, true", "15.00, false", "15.01, false"})
    void floor_area_per_person_below_15_sqm(String area, boolean passed) {
        assertThat(passes("floor-area", single().area(area))).isEqualTo(passed);
    }

    @Test
    void reviews_and_publicities_follow_the_rule() {
        assertThat(xuzhou.pipeline())
                .extracting(step -> step.kind() + " " + step.office() + " " + step.days())
                .containsExactly(
                        "REVIEW community 5",
                        "PUBLICITY community 10",
                        "REVIEW street 3",
                        "REVIEW civil-affairs 3",
                        "REVIEW district 4",
                        "REVIEW city 5",
                        "PUBLICITY city 10");
        assertThat(xuzhou.pipeline()).extracting(Step::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void orders_by_time_alone() {
        assertThat(xuzhou.order())
                .extracting(OrderKey::by)
                .containsExactly(OrderKey.By.APPLIED_AT, OrderKey.By.RECEIPT_NUMBER);
        assertThat(xuzhou.score(single().facts(), AS_OF).items()).isEmpty();
        assertThat(xuzhou.scoreTotal(single().facts(), AS_OF)).isEqualTo(BigDecimal.ZERO);
    }

    @Test
    void deadlines_of_the_national_frame() {
        // three weeks without a holiday
        assertThat(xuzhou.reReview(LocalDate.of(2026, 11, 2), WorkingDays.load())
                        .on())
                .isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(xuzhou.waitingLimitYears()).isEqualTo(5);
    }

    private static Households single() {
        return Households.single().in("320300");
    }

    private boolean passes(String id, Households household) {
        return xuzhou.eligibility(household.facts(), AS_OF).stream()
                .filter(result -> result.id().equals(id))
                .findFirst()
                .orElseThrow()
                .passed();
    }
}
