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
    static final MoneyRules NONE = new MoneyRules(null);

    private final @Nullable Rent rent;

    MoneyRules(@Nullable Rent rent) {
        this.rent = rent;
    }

    /**
     * The rent of a home on a day; empty where the document sets none.
     *
     * @throws MissingFactException when the rule needs a fact that was left open
     */
    public Optional<RentAnswer> rent(HouseholdFacts household, TenancyFacts tenancy, LocalDate asOf) {
        return Optional.ofNullable(rent).map(rule -> rule.evaluate(new HouseholdView(household, asOf), tenancy));
    }
}
