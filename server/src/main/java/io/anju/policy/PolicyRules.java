package io.anju.policy;

import io.anju.policy.number.Horizon;
import java.time.LocalDate;
import java.util.List;

/**
 * The sections of a document, ready to be evaluated.
 *
 * @param figureDays every day on which some figure changes
 */
record PolicyRules(
        List<EligibilityRule> eligibility,
        List<DocumentEntry> documents,
        List<Step> pipeline,
        Deadlines deadlines,
        Scoring scoring,
        List<OrderKey> order,
        Classes priorityClasses,
        NamedFacts named,
        CaseRules cases,
        MoneyRules money,
        List<LocalDate> figureDays) {

    /** A document to hand in, and the households that have to. */
    record DocumentEntry(DocumentRule document, Condition when) {}

    record Deadlines(
            int correctionWorkingDays, int reReviewAskWithinDays, int reReviewWorkingDays, int waitingLimitYears) {

        /** Of a programme that is not applied for. */
        static final Deadlines NONE = new Deadlines(0, 0, 0, 0);
    }

    PolicyRules {
        eligibility = List.copyOf(eligibility);
        documents = List.copyOf(documents);
        pipeline = List.copyOf(pipeline);
        order = List.copyOf(order);
        figureDays = List.copyOf(figureDays);
    }

    /** Narrows a view to the days on which every figure is what it is on its own. */
    void narrow(Horizon horizon, LocalDate asOf) {
        for (var day : figureDays) {
            if (day.isAfter(asOf)) {
                horizon.atMost(day.toEpochDay() - asOf.toEpochDay() - 1);
            }
        }
    }
}
