package io.anju.policy;

import java.time.YearMonth;
import java.util.List;

/**
 * What is due for each month of a subsidy.
 *
 * @param payableFen sum of the months that are payable
 * @param recoverFen sum of what has been paid and is to be given back
 * @param trace the rules that decided anything, by the day of their events
 */
public record SubsidyCourse(List<Month> months, long payableFen, long recoverFen, List<MoneyStep> trace) {

    public enum State {
        PAYABLE,
        STOPPED,
        /** Paid, and to be given back. */
        TO_RECOVER,
        /** The subsidy is void and the full rent is due. */
        VOID
    }

    /**
     * @param fen what the state is about: payable, to recover, or nothing
     * @param rule id of the rule that decided; empty for a month that runs as granted
     */
    public record Month(YearMonth month, State state, long fen, String rule) {}

    public SubsidyCourse {
        months = List.copyOf(months);
        trace = List.copyOf(trace);
    }
}
