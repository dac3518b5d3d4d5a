package io.anju.policy;

import java.util.List;

/** The sections of a document, ready to be evaluated. */
record PolicyRules(
        List<EligibilityRule> eligibility,
        List<DocumentEntry> documents,
        List<Step> pipeline,
        Deadlines deadlines,
        Scoring scoring,
        List<OrderKey> order) {

    /** A document to hand in, and the households that have to. */
    record DocumentEntry(DocumentRule document, Condition when) {}

    record Deadlines(
            int correctionWorkingDays, int reReviewAskWithinDays, int reReviewWorkingDays, int waitingLimitYears) {}

    PolicyRules {
        eligibility = List.copyOf(eligibility);
        documents = List.copyOf(documents);
        pipeline = List.copyOf(pipeline);
        order = List.copyOf(order);
    }
}
