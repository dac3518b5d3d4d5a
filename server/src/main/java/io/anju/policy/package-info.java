/**
 * Policy documents (versioned, dated, sourced) and the pure rules that they state: eligibility, score, order, required
 * documents and the review pipeline. A city is data: no rule of a city is written in Java.
 *
 * <p>Everything but {@code PolicyService}, {@code PolicyStore} and {@code PolicyApi} is free of I/O, clocks and Vert.x.
 *
 * <h2>A map of the room</h2>
 *
 * Whoever asks the rules begins at {@code PolicyDocument}, whoever reads a document at {@code DocumentReader}; a class
 * {@code XReader} reads what {@code X} keeps. It is one package because the parts stand on each other both ways (rules
 * about money ask the household's conditions, which are read with the tools of money), and most of what a package of each
 * would have to open to the others is nobody else's business.
 *
 * <dl>
 *   <dt>Which rules are in force, and who put them there?
 *   <dd>{@code PolicyService PolicyStore PolicyApi PolicyView PolicyFilter PolicyPlace PolicyProblem PolicyMeta
 *       Succession}; from a folder {@code PolicyFolder PolicyFiles}; by two people {@code ProposalService ProposalStore
 *       ProposalApi PolicyProposal PolicyDifference}
 *   <dt>What is a document made of, and is it without fault?
 *   <dd>{@code PolicyDocument PolicyRules DocumentReader}; names and words {@code Figures Placeholders Text Trace}; what
 *       can never hold or is missing {@code Coverage Reach AskedDays}
 *   <dt>What is known of a household, and what can be asked about it?
 *   <dd>{@code HouseholdFacts Person Relation Sex SpecialGroup CaseFacts Milestone}; as declared {@code DeclaredFacts
 *       FactsReader}; as rules see it {@code Fact FactSource HouseholdView Measure}; a yes or no {@code Condition
 *       ConditionReader}; by class, area or tier {@code NamedFacts Classes ClassesReader Areas AreaTable Tiers
 *       TiersReader}
 *   <dt>May it apply, with which papers, and who looks at it until when?
 *   <dd>{@code EligibilityRule RuleResult DocumentRule VerificationRequirement VerifiableFact Step PipelineReader
 *       Deadline}
 *   <dt>How many points, and which place in the order?
 *   <dd>{@code Scoring ScoringReader ScoreRule ScoreRuleReader Raises ScoreItem Score Course}; the order {@code OrderKey
 *       OrderReader Standing SortKey PriorityClass Draw Foresight}
 *   <dt>What follows after registration?
 *   <dd>{@code CaseRules CaseRulesReader Batches Waivers HomeSize AnnualReview AnnualReviewReader ExitGround}
 *   <dt>What is said about money?
 *   <dd>{@code MoneyRules MoneyReader MoneyNodes Quantity DeemedIncome}; asked {@code MoneyQuestion MoneyAnswers
 *       MoneyStep Wording MissingFactException EstimateView}; about a tenancy {@code TenancyFact TenancyFacts TenancyCase
 *       DeclaredTenancy TenancyReader LeaseTerm}
 *   <dt>What is the rent, and when is it billed?
 *   <dd>{@code Rent RentReader RentAnswer Billing BillingPeriod Deposit}
 *   <dt>What is the subsidy, month by month?
 *   <dd>{@code Subsidy SubsidyReader SubsidyAnswer SubsidyArea}; as life goes on {@code SubsidyChanges
 *       SubsidyChangesReader MonthLimit SubsidyEvent SubsidyHistory SubsidyTimeline SubsidyCourse}
 *   <dt>What follows on arrears?
 *   <dd>{@code Arrears ArrearsReader ArrearsLadder ArrearsAnswer ArrearsFollowUp ArrearsRelief OverdueStretch LateFee
 *       AccruedFee RentAfterEnd}
 *   <dt>How is a city laid out, and how does it take complaints?
 *   <dd>{@code City CityReader ComplaintDesk ComplaintDeskReader ComplaintKind ComplaintClock}
 * </dl>
 */
@NullMarked
package io.anju.policy;

import org.jspecify.annotations.NullMarked;
