package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The weights of the draft (40/15/30/15, age base 60, income 15/10) against those of 528 that were issued. */
class DraftWeightsTest {
    /** 183 days after a birthday whose year has 366: half a year of age to the day. */
    private static final LocalDate AS_OF = LocalDate.of(2027, 12, 31);

    private static final List<BigDecimal> OF_528 =
            List.of(new BigDecimal("71.0000"), new BigDecimal("84.3438"), new BigDecimal("49.5000"));

    private final PolicyDocument issued = Samples.qingdao();
    private final PolicyDocument draft = Samples.qingdaoDraft();

    private static List<HouseholdFacts> vectors() {
        return List.of(
                Households.of(AS_OF.minusYears(42))
                        .with(Relation.SPOUSE, AS_OF.minusYears(38))
                        .with(Relation.CHILD, AS_OF.minusYears(9))
                        .area("19.50")
                        .income(270_000)
                        .qualified(AS_OF.minusYears(3))
                        .facts(),
                Households.of(LocalDate.of(1965, 7, 1))
                        .income(120_000)
                        .qualified(AS_OF.minusYears(7))
                        .facts(),
                Households.of(AS_OF.minusYears(36))
                        .with(Relation.CHILD, AS_OF.minusYears(8))
                        .area("19.50")
                        .income(184_000)
                        .facts());
    }

    @Test
    void gives_other_totals() {
        assertThat(totals(issued)).containsExactlyElementsOf(OF_528);
        // (1 − 6.5 ÷ 13) × 40 + 15 + 40 ÷ 60 × 30 + 15 + 6, and so on
        assertThat(totals(draft))
                .containsExactly(new BigDecimal("76.0000"), new BigDecimal("95.0000"), new BigDecimal("54.0000"));
    }

    @Test
    void leaves_stored_results_as_they_are() {
        var kept = vectors();
        var digest = issued.digest();
        draft.scoreTotal(kept.get(0), AS_OF);
        var stored = DocumentReader.readStored(digest, issued.content());
        assertThat(stored.digest()).isEqualTo(digest).isNotEqualTo(draft.digest());
        assertThat(totals(stored)).containsExactlyElementsOf(OF_528);
        IntStream.range(0, kept.size())
                .forEach(i -> assertThat(stored.score(kept.get(i), AS_OF)).isEqualTo(issued.score(kept.get(i), AS_OF)));
    }

    @Test
    void ends_on_the_day_before_528_begins() {
        assertThat(draft.effectiveTo()).isEqualTo(issued.effectiveFrom().minusDays(1));
        assertThat(draft.meta().confidence()).isEqualTo("C");
    }

    private static List<BigDecimal> totals(PolicyDocument policy) {
        return vectors().stream().map(facts -> policy.scoreTotal(facts, AS_OF)).toList();
    }
}
