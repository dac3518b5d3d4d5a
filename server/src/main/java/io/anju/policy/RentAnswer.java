package io.anju.policy;

import java.util.List;

/**
 * What a household pays for its home.
 *
 * @param monthlyFen rent of a month, never negative
 * @param tier id of the group or band that decided; {@code everyone} where the document has none
 * @param mayEnter whether a household of this tier may newly get a home
 * @param mayStay whether one that has a home may keep it
 * @param trace how the amount came about, in the order of the computation
 */
public record RentAnswer(long monthlyFen, String tier, boolean mayEnter, boolean mayStay, List<MoneyStep> trace) {
    public RentAnswer {
        trace = List.copyOf(trace);
    }
}
