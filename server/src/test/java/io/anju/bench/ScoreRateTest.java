package io.anju.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScoreRateTest {
    @Test
    void the_measured_rules_score_the_measured_households() {
        var policy = ScoreRate.policy();
        assertThat(ScoreRate.households(20))
                .allSatisfy(household -> assertThat(policy.scoreTotal(household, ScoreRate.AS_OF))
                        .isPositive());
    }
}
