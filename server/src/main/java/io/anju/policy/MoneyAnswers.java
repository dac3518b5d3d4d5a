package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
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
 * @param bills of the lease; empty likewise
 * @param rentAfterEnd of a month of staying on
 * @param missing names of the facts without which a section could not answer
 */
public record MoneyAnswers(
        @Nullable RentAnswer rent,
        @Nullable SubsidyAnswer subsidy,
        @Nullable SubsidyCourse subsidyCourse,
        @Nullable MoneyStep deposit,
        List<BillingPeriod> bills,
        @Nullable MoneyStep lateFee,
        @Nullable ArrearsAnswer arrears,
        @Nullable MoneyStep rentAfterEnd,
        Set<String> missing) {

    public MoneyAnswers {
        bills = List.copyOf(bills);
        missing = Set.copyOf(missing);
    }

    /** Asks each section of the document; what cannot be answered names the fact that it lacks. */
    public static MoneyAnswers of(
            MoneyRules rules, HouseholdFacts household, TenancyCase tenancy, LocalDate asOf, WorkingDays calendar) {
        return new Asked(rules, household, tenancy, asOf, calendar, new TreeSet<>()).answers();
    }

    private record Asked(
            MoneyRules rules,
            HouseholdFacts household,
            TenancyCase tenancy,
            LocalDate asOf,
            WorkingDays calendar,
            Set<String> missing) {

        private MoneyAnswers answers() {
            var rent = answer(() -> rules.rent(household, tenancy.facts(), asOf));
            var subsidy = answer(() -> rules.subsidy(household, tenancy.facts(), asOf));
            var monthlyRent = Optional.ofNullable(tenancy.monthlyRentFen())
                    .or(() -> Optional.ofNullable(rent).map(RentAnswer::monthlyFen));
            return new MoneyAnswers(
                    rent,
                    subsidy,
                    answer(() -> history(subsidy).flatMap(rules::subsidyCourse)),
                    answer(() -> monthlyRent.flatMap(fen -> rules.deposit(tenancy.facts(), fen, asOf))),
                    Optional.ofNullable(tenancy.lease())
                            .flatMap(lease -> monthlyRent.map(fen -> rules.billing(lease, fen, calendar)))
                            .orElse(List.of()),
                    answer(() -> monthlyRent.flatMap(this::lateFee)),
                    answer(() -> Optional.ofNullable(tenancy.arrears())
                            .flatMap(arrears -> rules.arrears(household, arrears, asOf, calendar))),
                    answer(() -> Optional.ofNullable(tenancy.endedOn())
                            .flatMap(endedOn -> rules.rentAfterEnd(tenancy.facts(), endedOn, asOf))),
                    missing);
        }

        private Optional<MoneyStep> lateFee(long monthlyRentFen) {
            var arrears = tenancy.arrears();
            if (arrears == null || arrears.unpaidSince().isAfter(asOf)) {
                return Optional.empty();
            }
            var days = Math.toIntExact(ChronoUnit.DAYS.between(arrears.unpaidSince(), asOf));
            return rules.lateFee(arrears.overdueFen(), monthlyRentFen, days);
        }

        private Optional<SubsidyHistory> history(@Nullable SubsidyAnswer subsidy) {
            return Optional.ofNullable(tenancy.subsidyMonths())
                    .flatMap(months -> Optional.ofNullable(months.monthlyFen())
                            .or(() -> Optional.ofNullable(subsidy).map(SubsidyAnswer::monthlyFen))
                            .map(fen -> new SubsidyHistory(months.from(), months.to(), fen, months.events())));
        }

        private <T> @Nullable T answer(Supplier<Optional<T>> section) {
            try {
                return section.get().orElse(null);
            } catch (MissingFactException e) {
                missing.add(e.fact());
                return null;
            }
        }
    }
}
