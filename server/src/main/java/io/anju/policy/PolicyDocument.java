package io.anju.policy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One version of a city's rules for one programme. Pure: the same facts and day always give the same answer. */
public interface PolicyDocument {
    /** SHA-256 of the canonical content, hex; a decision keeps it. */
    String digest();

    String cityCode();

    String programme();

    String version();

    LocalDate effectiveFrom();

    /** Last day in force; null while no end is set. */
    @Nullable
    LocalDate effectiveTo();

    Text programmeName();

    /** The canonical text that the digest is taken of. */
    String content();

    /** The same rules with another last day. */
    PolicyDocument until(@Nullable LocalDate lastDay);

    /** Reads canonical content back. */
    static PolicyDocument read(String content) {
        throw new UnsupportedOperationException();
    }

    List<Step> pipeline();

    /** Every document that this household has to hand in. */
    List<DocumentRule> requiredDocuments(HouseholdFacts facts, LocalDate asOf);

    /** Working days that the applicant has to answer a correction notice (补正). */
    int correctionWorkingDays();

    /** Calendar days after a refusal within which a re-review can be asked. */
    int reReviewAskWithinDays();

    /** Working days within which a re-review is answered. */
    int reReviewWorkingDays();

    List<RuleResult> eligibility(HouseholdFacts facts, LocalDate asOf);

    /** The score with its items; a document without scoring gives 0 and no items. */
    Score score(HouseholdFacts facts, LocalDate asOf);

    /** The total alone, without building the explanation: for bulk work. */
    BigDecimal scoreTotal(HouseholdFacts facts, LocalDate asOf);

    List<OrderKey> order();
}
