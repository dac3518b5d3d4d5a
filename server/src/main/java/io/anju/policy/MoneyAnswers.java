package io.anju.policy;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a document says about the money of one case.
 *
 * <p>A part is null where the document says nothing about it, the case does not ask, or a fact is missing.
 *
 * @param missing names of the facts without which a section could not answer
 */
public record MoneyAnswers(
        @Nullable RentAnswer rent,
        @Nullable SubsidyAnswer subsidy,
        @Nullable SubsidyCourse subsidyCourse,
        Set<String> missing) {

    /** Asks each section of the document; what cannot be answered names the fact that it lacks. */
    public static MoneyAnswers of(MoneyRules rules, HouseholdFacts household, TenancyCase tenancy, LocalDate asOf) {
        var missing = new TreeSet<String>();
        var subsidy = answer(() -> rules.subsidy(household, tenancy.facts(), asOf), missing);
        return new MoneyAnswers(
                answer(() -> rules.rent(household, tenancy.facts(), asOf), missing),
                subsidy,
                answer(() -> history(tenancy, subsidy).flatMap(rules::subsidyCourse), missing),
                missing);
    }

    private static Optional<SubsidyHistory> history(TenancyCase tenancy, @Nullable SubsidyAnswer subsidy) {
        var months = tenancy.subsidyMonths();
        if (months == null || months.monthlyFen() == null && subsidy == null) {
            return Optional.empty();
        }
        var own = months.monthlyFen();
        long fen = own != null ? own : requireNonNull(subsidy).monthlyFen();
        return Optional.of(new SubsidyHistory(months.from(), months.to(), fen, months.events()));
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
