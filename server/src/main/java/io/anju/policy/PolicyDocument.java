package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import io.anju.policy.number.Horizon;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One version of a city's rules for one programme. Pure: the same facts and day always give the same answer, so a
 * decision that keeps the digest and the facts can be recomputed years later.
 */
public final class PolicyDocument {
    private static final Text CORRECTION = new Text("补正材料", "Answer to a correction notice");
    private static final Text RE_REVIEW_ASK = new Text("提出复核申请", "Asking for re-review");
    private static final Text RE_REVIEW = new Text("复核答复", "Answer to a request for re-review");

    private final PolicyMeta meta;
    private final PolicyRules rules;
    private final String content;
    private final String digest;

    PolicyDocument(PolicyMeta meta, PolicyRules rules, String content, String digest) {
        this.meta = meta;
        this.rules = rules;
        this.content = content;
        this.digest = digest;
    }

    public PolicyMeta meta() {
        return meta;
    }

    /** SHA-256 of {@link #content}, hex; a decision keeps it. */
    public String digest() {
        return digest;
    }

    /**
     * The canonical text of the rules. It leaves the last day in force out: that is set when the next rules are issued,
     * and the decisions made until then stand.
     */
    public String content() {
        return content;
    }

    public String cityCode() {
        return meta.cityCode();
    }

    public String programme() {
        return meta.programme();
    }

    public String version() {
        return meta.version();
    }

    public LocalDate effectiveFrom() {
        return meta.effectiveFrom();
    }

    /** Last day in force; null while no end is set. */
    public @Nullable LocalDate effectiveTo() {
        return meta.effectiveTo();
    }

    /** The same rules with another last day. */
    PolicyDocument until(@Nullable LocalDate lastDay) {
        return new PolicyDocument(meta.until(lastDay), rules, content, digest);
    }

    public Text programmeName() {
        return meta.programmeName();
    }

    /**
     * Whether households apply under this document. One that only sets rents or subsidies has no pipeline, no deadlines
     * and no order.
     */
    public boolean takesApplications() {
        return !rules.pipeline().isEmpty();
    }

    public List<Step> pipeline() {
        return rules.pipeline();
    }

    /** Every document that some household has to hand in. */
    public List<DocumentRule> documents() {
        return rules.documents().stream()
                .map(PolicyRules.DocumentEntry::document)
                .toList();
    }

    /** Whether every household has to hand the document in. */
    public boolean isAlwaysRequired(DocumentRule document) {
        return rules.documents().contains(new PolicyRules.DocumentEntry(document, Condition.ALWAYS));
    }

    /** Every document that this household has to hand in. */
    public List<DocumentRule> requiredDocuments(HouseholdFacts facts, LocalDate asOf) {
        var household = view(facts, asOf);
        return rules.documents().stream()
                .filter(entry -> entry.when().holds(household))
                .map(PolicyRules.DocumentEntry::document)
                .toList();
    }

    /** Working days that the applicant has to answer a correction notice (补正). */
    public int correctionWorkingDays() {
        return rules.deadlines().correctionWorkingDays();
    }

    /** Calendar days after a refusal within which a re-review can be asked. */
    public int reReviewAskWithinDays() {
        return rules.deadlines().reReviewAskWithinDays();
    }

    /** Working days within which a re-review is answered. */
    public int reReviewWorkingDays() {
        return rules.deadlines().reReviewWorkingDays();
    }

    /** Until when the applicant answers a correction notice (补正). */
    public Deadline correction(LocalDate toldOn, WorkingDays calendar) {
        var rule = "deadlines/correctionWorkingDays";
        return Deadline.working(rule, CORRECTION, toldOn, correctionWorkingDays(), calendar);
    }

    /** Until when a re-review of a refusal can be asked for. */
    public Deadline reReviewAsk(LocalDate refusedOn) {
        var rule = "deadlines/reReviewAskWithinDays";
        return Deadline.calendar(rule, RE_REVIEW_ASK, refusedOn, reReviewAskWithinDays());
    }

    /** Until when a re-review is answered. */
    public Deadline reReview(LocalDate askedOn, WorkingDays calendar) {
        var rule = "deadlines/reReviewWorkingDays";
        return Deadline.working(rule, RE_REVIEW, askedOn, reReviewWorkingDays(), calendar);
    }

    /** Every time that the document sets for a case, as if all had begun on one day; none where it takes no cases. */
    public List<Deadline> deadlines(LocalDate start, WorkingDays calendar) {
        if (!takesApplications()) {
            return List.of();
        }
        return Stream.concat(
                        rules.pipeline().stream().map(step -> step.deadline(start, calendar)),
                        Stream.of(correction(start, calendar), reReviewAsk(start), reReview(start, calendar)))
                .toList();
    }

    /** Years that waiting should generally not exceed (轮候期). */
    public int waitingLimitYears() {
        return rules.deadlines().waitingLimitYears();
    }

    /**
     * How every rule answers, in the document's order; the household is eligible when all have passed.
     *
     * @throws IllegalArgumentException when a date of the facts that a rule uses lies after {@code asOf}
     */
    public List<RuleResult> eligibility(HouseholdFacts facts, LocalDate asOf) {
        var household = view(facts, asOf);
        return rules.eligibility().stream()
                .map(rule -> rule.evaluate(household))
                .toList();
    }

    /** Whether every rule passes, without telling why: for bulk work. */
    public boolean isEligible(HouseholdFacts facts, LocalDate asOf) {
        var household = view(facts, asOf);
        for (var rule : rules.eligibility()) {
            if (rule.fails(household)) {
                return false;
            }
        }
        return true;
    }

    /** The ids of the rules that the household fails, in the document's order. */
    public List<String> failedRules(HouseholdFacts facts, LocalDate asOf) {
        var household = view(facts, asOf);
        return rules.eligibility().stream()
                .filter(rule -> rule.fails(household))
                .map(EligibilityRule::id)
                .toList();
    }

    /** The score with its items; a document without scoring gives 0 and no items. */
    public Score score(HouseholdFacts facts, LocalDate asOf) {
        return rules.scoring().explain(view(facts, asOf));
    }

    /** The total alone, without building the explanation: for bulk work. */
    public BigDecimal scoreTotal(HouseholdFacts facts, LocalDate asOf) {
        return rules.scoring().total(view(facts, asOf));
    }

    /** The score of a day and of as many days after it as it runs on evenly: for lists that are derived day after day. */
    public Course course(HouseholdFacts facts, LocalDate asOf) {
        var horizon = new Horizon();
        var total = rules.scoring().exactTotal(new HouseholdView(facts, asOf, rules.named(), horizon));
        rules.narrow(horizon, asOf);
        var scoring = rules.scoring();
        return Course.of(total, total.perDay(), horizon.days(), asOf, scoring.scale(), scoring.rounding());
    }

    /** {@link #standing} and {@link #homeSize} of a day, with the last day on which they are the same. */
    public Foresight foresee(HouseholdFacts facts, LocalDate asOf, BigDecimal score, Standing.Entry entry) {
        var horizon = new Horizon();
        var household = new HouseholdView(facts, asOf, rules.named(), horizon);
        var standing = standing(household, score, entry);
        var homeSize = rules.cases().homeSize();
        var rooms = homeSize == null ? null : homeSize.sizeOf(household).rooms();
        rules.narrow(horizon, asOf);
        return new Foresight(standing, rooms, asOf.toEpochDay() + horizon.days());
    }

    private HouseholdView view(HouseholdFacts facts, LocalDate asOf) {
        return new HouseholdView(facts, asOf, rules.named());
    }

    /** The size of home that the household is offered; empty where the document is silent. */
    public Optional<HomeSize.Answer> homeSize(HouseholdFacts facts, LocalDate asOf) {
        return Optional.ofNullable(rules.cases().homeSize()).map(size -> size.of(view(facts, asOf)));
    }

    /**
     * What a household's newest refusal of an offer leads to; empty where the document is silent.
     *
     * @param waiverCount refusals with this one, at least 1
     */
    public Optional<Waivers.Outcome> waiverOutcome(int waiverCount, LocalDate waivedOn) {
        return Optional.ofNullable(rules.cases().waivers())
                .map(waivers -> waivers.outcome(waiverCount, waivedOn, rules.scoring()));
    }

    /** Rules on what follows after registration; empty where the document is silent. */
    public CaseRules cases() {
        return rules.cases();
    }

    public List<OrderKey> order() {
        return rules.order();
    }

    /** Who comes first on the waiting list; total, because the last key is unique. */
    public Comparator<Standing> ordering() {
        return OrderKey.comparator(rules.order());
    }

    /** Classes that come before the rest where the order says so, the first one first (优先轮候). */
    public List<PriorityClass> priorityClasses() {
        return rules.priorityClasses().inOrder().stream()
                .map(named -> new PriorityClass(named.id(), named.name()))
                .toList();
    }

    /** The household's priority class on the day; empty for the rest. */
    public Optional<PriorityClass> priorityClass(HouseholdFacts facts, LocalDate asOf) {
        return rules.priorityClasses().of(view(facts, asOf)).map(named -> new PriorityClass(named.id(), named.name()));
    }

    /**
     * What this document's order makes of a household; only what its keys ask for is computed.
     *
     * @param score under the rules that the household was registered with
     */
    public Standing standing(HouseholdFacts facts, LocalDate asOf, BigDecimal score, Standing.Entry entry) {
        return standing(view(facts, asOf), score, entry);
    }

    private Standing standing(HouseholdView household, BigDecimal score, Standing.Entry entry) {
        var standing = new Standing(score, entry, Standing.LAST_CLASS, LocalDate.MAX, Draw.NONE);
        for (var key : rules.order()) {
            standing = switch (key.by()) {
                case PRIORITY -> standing.inClass(rules.priorityClasses().placeOf(household));
                case EARLIEST_OF -> standing.since(key.earliest(household));
                case DRAW -> standing.drawn(key.draw(entry.receiptNumber()));
                case SCORE, APPLIED_AT, REGISTERED_AT, RECEIPT_NUMBER -> standing;
            };
        }
        return standing;
    }

    /** Rent, subsidy, deposit, bills and arrears; each is empty where the document says nothing about it. */
    public MoneyRules money() {
        return rules.money();
    }
}
