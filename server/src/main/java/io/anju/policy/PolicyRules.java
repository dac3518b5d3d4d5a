package io.anju.policy;

import java.util.List;

/** The sections of a document, ready to be evaluated. */
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

        MoneyRules money) {

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
    }
}
