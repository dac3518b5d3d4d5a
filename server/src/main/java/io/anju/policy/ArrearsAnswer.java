package io.anju.policy;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where arrears stand on the ladder (催缴).
 *
 * @param due the highest step that is due; null while none is
 * @param steps the whole ladder, in its order
 * @param end the rule by which the lease ends; null while it does not
 */
public record ArrearsAnswer(
        @Nullable Step due, List<Step> steps, @Nullable MoneyStep end) {

    /** What is done at a step; nothing beyond a notice happens without a person's decision. */
    public enum Action {
        KIND_REMINDER,
        FORMAL_NOTICE,
        /** A notice to the operator of the estate, who speaks to the household. */
        ESTATE_NOTICE,
        CREDIT_RECORD_PROPOSAL,
        COURT_FILE_PROPOSAL
    }

    public enum State {
        NOT_YET,
        DUE,
        /** The day has come, but the step's guard keeps it from this household. */
        HELD_BACK
    }

    /** @param dueOn day on which the step is reached */
    public record Step(String id, Action action, LocalDate dueOn, State state, Text text) {}

    public ArrearsAnswer {
        steps = List.copyOf(steps);
    }

    public Optional<Step> highestDue() {
        return Optional.ofNullable(due);
    }

    public boolean endsLease() {
        return end != null;
    }
}
