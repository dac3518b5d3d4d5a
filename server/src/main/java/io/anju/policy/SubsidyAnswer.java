package io.anju.policy;

import java.util.List;

/**
 * What a household gets towards its rent.
 *
 * @param monthlyFen subsidy of a month, never negative
 * @param tier id of the group or band that decided the rate
 * @param trace how the amount came about, in the order of the computation
 */
public record SubsidyAnswer(long monthlyFen, String tier, List<MoneyStep> trace) {
    public SubsidyAnswer {
        trace = List.copyOf(trace);
    }
}
