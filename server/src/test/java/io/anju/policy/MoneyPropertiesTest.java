package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every household and every sample; the seed is in every message, so that a failure replays. */
class MoneyPropertiesTest {
    private static final long SEED = 201_808;
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(SEED);

    /** A sample as its name is read in a report. */
    record Sample(PolicyDocument document) {
        @Override
        public String toString() {
            return document.cityCode() + "/" + document.programme() + "/" + document.version();
        }
    }

    static Stream<Sample> rents() {
        return samples()
                .filter(sample -> sample.document()
                        .money()
                        .rent(Households.single().facts(), home(10_000, 1, 1), AS_OF)
                        .isPresent());
    }

    static Stream<Sample> subsidies() {
        return samples()
                .filter(sample -> sample.document()
                        .money()
                        .subsidy(Households.single().facts(), home(10_000, 1, 1), AS_OF)
                        .isPresent());
    }

    private static Stream<Sample> samples() {
        return Samples.all().stream()
                .filter(document -> !document.effectiveFrom().isAfter(AS_OF))
                .map(Sample::new);
    }

    @ParameterizedTest
    @MethodSource("rents")
    void a_rent_is_never_negative_and_never_falls_with_the_income(Sample sample) {
        for (var i = 0; i < ROUNDS; i++) {
            var facts = household().facts();
            var home = home();
            var rent = rent(sample, facts, home);
            var richer = rent(sample, facts.earning(facts.monthlyIncomeFen() + random.nextInt(500_000)), home);
            assertThat(rent).as("seed %d, round %d", SEED, i).isNotNegative();
            assertThat(richer).as("seed %d, round %d", SEED, i).isGreaterThanOrEqualTo(rent);
        }
    }

    @ParameterizedTest
    @MethodSource("subsidies")
    void a_subsidy_is_never_negative_and_never_rises_with_the_income(Sample sample) {
        for (var i = 0; i < ROUNDS; i++) {
            var facts = household().facts();
            var home = home();
            var subsidy = subsidy(sample, facts, home);
            var richer = subsidy(sample, facts.earning(facts.monthlyIncomeFen() + random.nextInt(500_000)), home);
            assertThat(subsidy).as("seed %d, round %d", SEED, i).isNotNegative();
            assertThat(richer).as("seed %d, round %d", SEED, i).isLessThanOrEqualTo(subsidy);
        }
    }

    @ParameterizedTest
    @MethodSource("subsidies")
    void more_area_of_their_own_never_raises_a_subsidy(Sample sample) {
        for (var i = 0; i < ROUNDS; i++) {
            var home = home();
            var area = random.nextInt(20_000);
            var seed = random.nextLong();
            var less = household(new Random(seed)).area(sqm(area)).facts();
            var more = household(new Random(seed))
                    .area(sqm(area + random.nextInt(5_000)))
                    .facts();
            assertThat(subsidy(sample, more, home))
                    .as("seed %d, round %d", SEED, i)
                    .isLessThanOrEqualTo(subsidy(sample, less, home));
        }
    }

    /** Xuzhou caps it at the rent really paid; Xiamen's is a share of the rent itself. */
    @ParameterizedTest
    @MethodSource("subsidies")
    void a_capped_subsidy_never_exceeds_the_rent(Sample sample) {
        for (var i = 0; i < ROUNDS; i++) {
            var facts = household().facts();
            var home = home();
            var subsidy = subsidy(sample, facts, home);
            if (sample.document().cityCode().equals("320300")) {
                assertThat(subsidy).as("seed %d, round %d", SEED, i).isLessThanOrEqualTo(home.rentPaidFen());
            }
            if (sample.document().cityCode().equals("350200")) {
                assertThat(subsidy).as("seed %d, round %d", SEED, i).isLessThanOrEqualTo(rent(sample, facts, home));
            }
        }
    }

    private static long rent(Sample sample, HouseholdFacts facts, TenancyFacts home) {
        return sample.document().money().rent(facts, home, AS_OF).orElseThrow().monthlyFen();
    }

    private static long subsidy(Sample sample, HouseholdFacts facts, TenancyFacts home) {
        return sample.document()
                .money()
                .subsidy(facts, home, AS_OF)
                .orElseThrow()
                .monthlyFen();
    }

    private Households household() {
        return household(random);
    }

    private static Households household(Random random) {
        var household = Households.single();
        for (var others = random.nextInt(5); others > 0; others--) {
            household.with(Relation.CHILD, AS_OF.minusDays(random.nextInt(6_000)));
        }
        if (random.nextInt(4) == 0) {
            household.groups("minimum-living-allowance");
        }
        return household.area(sqm(random.nextInt(20_000))).income(random.nextInt(2_500_000));
    }

    /** The market is never below the project's standard. */
    private TenancyFacts home() {
        var standard = 1 + random.nextInt(4_000);
        return home(1 + random.nextInt(12_000), standard, standard + random.nextInt(6_000));
    }

    private static TenancyFacts home(int area, long standardFen, long marketFen) {
        return new TenancyFacts(new BigDecimal(sqm(area)), standardFen, marketFen, standardFen * area / 100, List.of());
    }

    private static String sqm(int hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }
}
