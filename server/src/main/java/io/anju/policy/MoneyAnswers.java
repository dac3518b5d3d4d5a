package io.anju.policy;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a document says about the money of one case.
 *
 * @param rent null where the document sets none, or a fact is missing
 * @param missing names of the facts without which a section could not answer
 */
public record MoneyAnswers(@Nullable RentAnswer rent, Set<String> missing) {

    /** Asks each section of the document; what cannot be answered names the fact that it lacks. */
    public static MoneyAnswers of(MoneyRules rules, HouseholdFacts household, TenancyCase tenancy, LocalDate asOf) {
        var missing = new TreeSet<String>();
        return new MoneyAnswers(answer(() -> rules.rent(household, tenancy.facts(), asOf), missing), missing);
    }

    private static <T> @Nullable T answer(Supplier<Optional<T>> section, Set<String> missing) {
        try {
            return section.get().orElse(null);
        } catch (MissingFactException e) {
            missing.add(e.fact());
            return null;
        }
    }
}
