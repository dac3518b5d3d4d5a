package io.anju.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What rules would change, in all. Points are decimal strings, because they are kept as JSON.
 *
 * @param households evaluated under both rules
 * @param notEvaluated whose facts cannot be evaluated on the day; in no other figure
 */
record SimulationReport(int households, int notEvaluated, Eligibility eligibility, ScoreChange score, RankChange rank) {

    record Eligibility(int lost, int gained, int stillEligible, int stillNotEligible, List<RuleCount> lostByRule) {}

    /** Households that lose their eligibility by a rule; one household may fail several. */
    record RuleCount(String rule, int households) {}

    record ScoreChange(
            int higher,
            int lower,
            int same,
            String totalBefore,
            String totalAfter,
            String largestRise,
            String largestFall,
            List<Range> distribution) {}

    /** Households whose points change by at least {@code from} and less than {@code to}; the last range is open. */
    record Range(boolean isRise, int from, @Nullable Integer to, int households) {}

    /** Places on the list; half of the households move by no more than {@code medianMove}. */
    record RankChange(int up, int down, int same, int largestRise, int largestFall, int medianMove) {}
}
