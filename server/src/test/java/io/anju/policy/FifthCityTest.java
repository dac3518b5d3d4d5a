package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A city that was written from the guide alone, with every kind of rule that the others do not use. */
class FifthCityTest {
    static final Path FOLDER = Path.of("src/test/resources/policies-invented");
    private static final LocalDate AS_OF = LocalDate.of(2026, 11, 22);

    private final PolicyDocument linxi = PolicyFolder.read(FOLDER).documents().get(0);

    @Test
    void passes_the_check_that_officials_run() {
        assertThat(PolicyFiles.check(FOLDER)).isEmpty();
    }

    @Test
    void scores_by_tier_persons_and_area_and_takes_off_for_refusals() {
        var facts = household().onFile(new CaseFacts(AS_OF.minusMonths(3), null, 3, null, "990202"));
        var score = linxi.score(facts, AS_OF);
        assertThat(points(score))
                .containsEntry("housing", "20.00")
                .containsEntry("income", "14.00")
                .containsEntry("crowding", "7.50")
                .containsEntry("register", "10.00")
                .containsEntry("waiting", "0.75")
                .containsEntry("merit", "10.00")
                .containsEntry("health", "12.00")
                .containsEntry("care", "-7.00")
                .containsEntry("refusals", "-8.00");
        // 20 + 14 + 7.5 + 10 + 0.75 + min(10 + 12, 15) − 2 × 4
        assertThat(score.total()).isEqualTo(new BigDecimal("59.25"));
        assertThat(linxi.scoreTotal(facts, AS_OF)).isEqualTo(score.total());
    }

    @Test
    void tells_what_each_item_rests_on() {
        var items = linxi.score(household().onFile(CaseFacts.inArea("990203")), AS_OF)
                .items();
        assertThat(items.get(0).facts())
                .containsEntry("tier", "low")
                .containsEntry("area", "elsewhere")
                .containsEntry("personCount", "2");
        assertThat(items.get(0).explanation().en()).isEqualTo("low, 2 persons, elsewhere: 18.00 points");
        assertThat(items.get(1).bound().en()).isEqualTo("> 600");
    }

    @Test
    void deceit_bars_for_five_years_to_the_day() {
        for (var days = -1; days <= 1; days++) {
            var found = AS_OF.minusYears(5).plusDays(days);
            var facts = household().onFile(new CaseFacts(null, null, 0, found, null));
            var bar = linxi.eligibility(facts, AS_OF).get(1);
            assertThat(bar.passed()).as("found on %s", found).isEqualTo(days <= 0);
        }
        assertThat(linxi.eligibility(household(), AS_OF).get(1).verdict()).isEqualTo(RuleResult.Verdict.NOT_APPLICABLE);
    }

    @Test
    void an_older_qualification_counts_where_it_is_earlier() {
        var applied = LocalDate.of(2026, 5, 8);
        var entry = new Standing.Entry(Instant.EPOCH, Instant.EPOCH, "990200-2026-0000001-K");
        var plain = household().onFile(CaseFacts.NONE.appliedOn(applied));
        assertThat(linxi.standing(plain, AS_OF, BigDecimal.ONE, entry).since()).isEqualTo(applied);
        for (var days = -1; days <= 1; days++) {
            var older = applied.plusDays(days);
            var facts = household().onFile(CaseFacts.NONE.appliedOn(applied).earlierQualifiedOn(older));
            assertThat(linxi.standing(facts, AS_OF, BigDecimal.ONE, entry).since())
                    .isEqualTo(days < 0 ? older : applied);
        }
    }

    private static HouseholdFacts household() {
        return Households.of(AS_OF.minusYears(40))
                .with(Relation.SPOUSE, AS_OF.minusYears(38))
                .in("990200")
                .area("50.00")
                .income(180_000)
                .groups("veteran", "disabled", "serious-illness")
                .facts();
    }

    private static Map<String, String> points(Score score) {
        return score.items().stream()
                .collect(Collectors.toMap(ScoreItem::id, item -> item.points().toPlainString()));
    }
}
