package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Seeds;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for the order and the score of the invented city, tried on thousands; a failure prints its seed. */
class OrderPropertiesTest {
    private static final int ROUNDS = 2_000;

    private final long seed = Seeds.of(OrderPropertiesTest.class);
    private final Random random = new Random(seed);
    private final PolicyDocument linxi =
            PolicyFolder.read(FifthCityTest.FOLDER).documents().get(0);

    @Test
    void the_order_is_total_and_stable_under_shuffles_and_equal_keys() {
        for (var document : List.of(linxi, Samples.qingdao(), Samples.xuzhou())) {
            var standings = new ArrayList<Standing>();
            for (var i = 0; i < ROUNDS; i++) {
                standings.add(standing(document, household(), "990200-2026-%07d-K".formatted(i)));
            }
            var sorted = sorted(standings, document);
            for (var round = 0; round < 5; round++) {
                Collections.shuffle(standings, random);
                assertThat(sorted(standings, document)).as("seed %d", seed).isEqualTo(sorted);
            }
            for (var i = 1; i < sorted.size(); i++) {
                assertThat(document.ordering().compare(sorted.get(i - 1), sorted.get(i)))
                        .as("seed %d", seed)
                        .isNegative();
                assertThat(document.ordering().compare(sorted.get(i), sorted.get(i - 1)))
                        .as("seed %d", seed)
                        .isPositive();
            }
        }
    }

    @Test
    void classes_come_before_the_rest_whatever_the_dates() {
        var standings = new ArrayList<Standing>();
        for (var i = 0; i < ROUNDS; i++) {
            standings.add(standing(linxi, household(), "990200-2026-%07d-K".formatted(i)));
        }
        var sorted = sorted(standings, linxi);
        assertThat(sorted).as("seed %d", seed).isSortedAccordingTo(Comparator.comparingInt(Standing::priority));
        assertThat(sorted).extracting(Standing::priority).contains(1, 2, Standing.LAST_CLASS);
        for (var i = 1; i < sorted.size(); i++) {
            var before = sorted.get(i - 1);
            var after = sorted.get(i);
            if (before.priority() == after.priority()) {
                assertThat(before.since()).as("seed %d", seed).isBeforeOrEqualTo(after.since());
                if (before.since().equals(after.since())) {
                    assertThat(before.draw().hex())
                            .as("seed %d", seed)
                            .isLessThan(after.draw().hex());
                }
            }
        }
    }

    @Test
    void hardship_never_lowers_a_score_and_no_score_leaves_its_bounds() {
        for (var i = 0; i < ROUNDS; i++) {
            var facts = household();
            var score = linxi.score(facts, AS_OF);
            assertThat(score.total())
                    .as("seed %d, round %d", seed, i)
                    .isBetween(BigDecimal.ZERO, BigDecimal.valueOf(100));
            var shown = score.items().stream().map(ScoreItem::points).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(score.total().subtract(shown).abs())
                    .as("items add up but for rounding; seed %d, round %d", seed, i)
                    .isLessThanOrEqualTo(new BigDecimal("0.06"));
            assertThat(linxi.scoreTotal(harder(facts), AS_OF))
                    .as("seed %d, round %d", seed, i)
                    .isGreaterThanOrEqualTo(score.total());
            var refusedOnce =
                    facts.onFile(withWaivers(facts.onFile(), facts.onFile().waiverCount() + 1));
            assertThat(linxi.scoreTotal(refusedOnce, AS_OF))
                    .as("seed %d, round %d", seed, i)
                    .isLessThanOrEqualTo(score.total());
        }
    }

    private static HouseholdFacts harder(HouseholdFacts facts) {
        return new HouseholdFacts(
                facts.cityCode(),
                facts.members(),
                facts.ownedAreaSqm().multiply(new BigDecimal("0.9")),
                facts.monthlyIncomeFen() * 9 / 10,
                facts.assetsFen() * 9 / 10,
                facts.specialGroups(),
                facts.qualifiedOn(),
                facts.onFile());
    }

    private static CaseFacts withWaivers(CaseFacts known, int count) {
        return new CaseFacts(
                known.appliedOn(), known.earlierQualifiedOn(), count, known.deceitFoundOn(), known.districtCode());
    }

    private static List<Standing> sorted(List<Standing> standings, PolicyDocument document) {
        return standings.stream().sorted(document.ordering()).toList();
    }

    private static Standing standing(PolicyDocument document, HouseholdFacts facts, String receiptNumber) {
        var applied = facts.onFile().appliedOn();
        var at = Instant.EPOCH.plusSeconds(applied == null ? 0 : applied.toEpochDay() * 86_400);
        var entry = new Standing.Entry(at, at.plusSeconds(60), receiptNumber);
        return document.standing(facts, AS_OF, document.scoreTotal(facts, AS_OF), entry);
    }

    /** Few different days and incomes, so that there are many ties. */
    private HouseholdFacts household() {
        var household = Households.of(AS_OF.minusYears(30 + random.nextInt(3)));
        for (var children = random.nextInt(5); children > 0; children--) {
            household.with(Relation.CHILD, AS_OF.minusYears(9));
        }
        var groups = List.of("veteran", "disabled", "multi-child", "low-income", "minimum-living-allowance");
        var known = new CaseFacts(
                day(),
                random.nextInt(4) == 0 ? day() : null,
                random.nextInt(5),
                random.nextInt(9) == 0 ? day() : null,
                random.nextBoolean() ? "990202" : null);
        return household
                .in("990200")
                .area(BigDecimal.valueOf(random.nextInt(8_000), 2).toPlainString())
                .income(random.nextInt(20) * 50_000L)
                .groups(groups.get(random.nextInt(groups.size())))
                .facts()
                .onFile(known);
    }

    private LocalDate day() {
        return AS_OF.minusDays(random.nextInt(6) * 100L);
    }
}
