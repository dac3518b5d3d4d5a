package io.anju.bench;

import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyFolder;
import io.anju.sandbox.RegisterFill;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** How many households one core scores in a second under a policy that has scoring, without and with the explanation. */
final class ScoreRate {
    static final LocalDate AS_OF = LocalDate.of(2026, 11, 22);
    private static final String CITY = "370200";
    private static final String PROGRAMME = "public-rental";
    private static final long SEED = 528;
    private static final int HOUSEHOLDS = 100_000;
    private static final int ROUNDS = 7;
    private static final int WARM_UP_ROUNDS = 10;

    private final PolicyDocument policy;
    private final List<HouseholdFacts> households;

    private ScoreRate(PolicyDocument policy, List<HouseholdFacts> households) {
        this.policy = policy;
        this.households = households;
    }

    static void addTo(Results results) {
        var rate = new ScoreRate(policy(), households(HOUSEHOLDS));
        results.add("score, total alone", rate.median(rate::totals), "/s", ROUNDS);
        results.add("score, explained", rate.median(rate::explained), "/s", ROUNDS);
    }

    /** The rules that score in that city. */
    static PolicyDocument policy() {
        return PolicyFolder.shipped().documents().stream()
                .filter(document -> document.cityCode().equals(CITY))
                .filter(document -> document.programme().equals(PROGRAMME))
                .filter(document -> !document.effectiveFrom().isAfter(AS_OF))
                .max(Comparator.comparing(PolicyDocument::effectiveFrom))
                .orElseThrow();
    }

    private long totals() {
        var sum = 0L;
        for (var household : households) {
            sum += policy.scoreTotal(household, AS_OF).unscaledValue().longValue();
        }
        return sum;
    }

    private long explained() {
        var sum = 0L;
        for (var household : households) {
            sum += policy.score(household, AS_OF).items().size();
        }
        return sum;
    }

    /** Households per second, the median of the rounds after the warm-up. */
    private double median(LongSupplier round) {
        var checksum = 0L;
        for (var i = 0; i < WARM_UP_ROUNDS; i++) {
            checksum += round.getAsLong();
        }
        var rates = new double[ROUNDS];
        for (var i = 0; i < ROUNDS; i++) {
            var start = System.nanoTime();
            checksum += round.getAsLong();
            rates[i] = HOUSEHOLDS * 1e9 / (System.nanoTime() - start);
        }
        if (checksum == 0) {
            throw new IllegalStateException("nothing was scored");
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    static List<HouseholdFacts> households(int count) {
        var random = new Random(SEED);
        var households = new ArrayList<HouseholdFacts>(count);
        for (var i = 0; i < count; i++) {
            households.add(RegisterFill.household(random, AS_OF));
        }
        return households;
    }
}
