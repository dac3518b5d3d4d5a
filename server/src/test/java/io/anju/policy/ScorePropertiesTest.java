package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for every household, tried on thousands; the seed is in every message, so that a failure replays. */
class ScorePropertiesTest {
    private static final long SEED = 5282012;
    private static final int ROUNDS = 3_000;

    private final PolicyDocument qingdao = Samples.qingdao();
    private Random random = new Random();

    @BeforeEach
    void seed() {
        random = new Random(SEED);
    }

    @Test
    void a_score_lies_between_nothing_and_the_maximum() {
        for (var i = 0; i < ROUNDS; i++) {
            assertThat(qingdao.scoreTotal(household(), AS_OF))
                    .as("seed %d, round %d", SEED, i)
                    .isBetween(BigDecimal.ZERO, new BigDecimal("110"));
        }
    }

    @Test
    void the_explained_total_is_the_fast_total() {
        for (var i = 0; i < ROUNDS; i++) {
            var facts = household();
            var score = qingdao.score(facts, AS_OF);
            assertThat(score.total()).isEqualTo(qingdao.scoreTotal(facts, AS_OF));
            var sum = score.items().stream().map(ScoreItem::points).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(score.total().subtract(sum).abs())
                    .as("shown items add up but for rounding; seed %d, round %d", SEED, i)
                    .isLessThanOrEqualTo(new BigDecimal("0.0003"));
            assertThat(score.items())
                    .allSatisfy(item -> assertThat(item.points()).isLessThanOrEqualTo(item.maximum()));
        }
    }

    @Test
    void hardship_never_lowers_a_score() {
        for (var i = 0; i < ROUNDS; i++) {
            var facts = household();
            var before = qingdao.scoreTotal(facts, AS_OF);
            assertThat(qingdao.scoreTotal(harder(facts), AS_OF))
                    .as("seed %d, round %d", SEED, i)
                    .isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void who_is_eligible_stays_so_with_less() {
        for (var i = 0; i < ROUNDS; i++) {
            var facts = household();
            if (qingdao.eligibility(facts, AS_OF).stream().allMatch(RuleResult::passed)) {
                assertThat(qingdao.eligibility(poorer(facts), AS_OF))
                        .as("seed %d, round %d", SEED, i)
                        .allMatch(RuleResult::passed);
            }
        }
    }

    @Test
    void the_order_is_total_and_does_not_depend_on_how_it_came_in() {
        var standings = new ArrayList<Standing>();
        for (var i = 0; i < ROUNDS; i++) {
            // few instants and scores, so that there are many ties
            var appliedAt = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(20));
            var score = BigDecimal.valueOf(random.nextInt(30), 0).setScale(4);
            standings.add(new Standing(score, appliedAt, appliedAt.plusSeconds(random.nextInt(9)), "R" + i));
        }
        for (var document : List.of(qingdao, Samples.xuzhou())) {
            var sorted = sorted(standings, document);
            Collections.shuffle(standings, random);
            assertThat(sorted(standings, document)).as("seed %d", SEED).isEqualTo(sorted);
            for (var i = 1; i < sorted.size(); i++) {
                assertThat(document.ordering().compare(sorted.get(i - 1), sorted.get(i)))
                        .isNegative();
            }
        }
    }

    @Test
    void earlier_application_first_among_equal_scores() {
        var early = new Standing(BigDecimal.ONE, Instant.EPOCH, Instant.EPOCH.plusSeconds(9), "Z");
        var late = new Standing(BigDecimal.ONE, Instant.EPOCH.plusMillis(1), Instant.EPOCH.plusSeconds(5), "A");
        var high = new Standing(BigDecimal.TEN, Instant.EPOCH.plusSeconds(99), Instant.EPOCH.plusSeconds(100), "B");
        assertThat(sorted(List.of(late, early, high), qingdao)).containsExactly(high, early, late);
    }

    private static List<Standing> sorted(List<Standing> standings, PolicyDocument document) {
        return standings.stream().sorted(document.ordering()).toList();
    }

    private HouseholdFacts household() {
        var household = Households.of(AS_OF.minusDays(6_600 + random.nextInt(29_000)));
        if (random.nextBoolean()) {
            household.with(Relation.SPOUSE, AS_OF.minusDays(7_000 + random.nextInt(29_000)));
        }
        for (var others = random.nextInt(4); others > 0; others--) {
            var relation = random.nextBoolean() ? Relation.CHILD : Relation.SIBLING;
            household.with(relation, AS_OF.minusDays(random.nextInt(6_000)));
        }
        return household
                .area(BigDecimal.valueOf(random.nextInt(6_000), 2).toPlainString())
                .income(random.nextInt(900_000))
                .assets(random.nextInt(90_000_000))
                .qualified(AS_OF.minusDays(random.nextInt(3_000)))
                .facts();
    }

    private static HouseholdFacts harder(HouseholdFacts facts) {
        var qualifiedOn = facts.qualifiedOn();
        var poorer = poorer(facts);
        return new HouseholdFacts(
                poorer.cityCode(),
                poorer.members(),
                poorer.ownedAreaSqm(),
                poorer.monthlyIncomeFen(),
                poorer.assetsFen(),
                poorer.specialGroups(),
                qualifiedOn == null ? null : qualifiedOn.minusDays(200));
    }

    private static HouseholdFacts poorer(HouseholdFacts facts) {
        return new HouseholdFacts(
                facts.cityCode(),
                facts.members(),
                facts.ownedAreaSqm().multiply(new BigDecimal("0.9")),
                facts.monthlyIncomeFen() * 9 / 10,
                facts.assetsFen() * 9 / 10,
                facts.specialGroups(),
                facts.qualifiedOn());
    }
}
