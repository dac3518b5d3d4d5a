package io.anju.policy;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a document says about money: each section may be missing, and then the document leaves it to another one.
 * Amounts are exact and become whole fen once, at the end.
 */
public final class MoneyRules {
    /** A document that says nothing about money. */
    static final MoneyRules NONE = new MoneyRules(NamedFacts.NONE, null, null);

    private final NamedFacts named;
    private final @Nullable Rent rent;
    private final @Nullable Subsidy subsidy;

    MoneyRules(NamedFacts named, @Nullable Rent rent, @Nullable Subsidy subsidy) {
        this.named = named;
        this.rent = rent;
        this.subsidy = subsidy;
    }

    /**
     * The rent of a home on a day; empty where the document sets none.
     *
     * @throws MissingFactException when the rule needs a fact that was left open
     */
    public Optional<RentAnswer> rent(HouseholdFacts household, TenancyFacts tenancy, LocalDate asOf) {
        return Optional.ofNullable(rent).map(rule -> rule.evaluate(new HouseholdView(household, asOf, named), tenancy));
    }

    /**
     * The subsidy of a household on a day; empty where the document grants none.
     *
     * @throws MissingFactException when the rule needs a fact that was left open
     */
    public Optional<SubsidyAnswer> subsidy(HouseholdFacts household, TenancyFacts tenancy, LocalDate asOf) {
        return Optional.ofNullable(subsidy).map(rule -> rule.evaluate(new HouseholdView(household, asOf, named), tenancy));
    }

    /**
     * What is due for each month after everything that happened; empty where the document grants no subsidy.
     *
     * @throws MissingFactException when a rule needs more of an event than is told
     * @throws IllegalArgumentException for an event that the document says nothing about
     */
    public Optional<SubsidyCourse> subsidyCourse(SubsidyHistory history) {
        return Optional.ofNullable(subsidy).map(rule -> rule.changes().course(history));
    }
}
