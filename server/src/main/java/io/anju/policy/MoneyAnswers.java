package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a document says about the money of one case. Each part is either given or named in
 * {@code unanswered}.
 *
 * @param bills of the lease; none where they are unanswered
 * @param rentAfterEnd of a month of staying on
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
        List<Unanswered> unanswered) {

    /** @param missing names of all the facts that the answer lacks; none where the document says nothing about it */
    public record Unanswered(MoneyQuestion question, List<String> missing) {
        public Unanswered {
            missing = List.copyOf(missing);
        }

        /** Whether the document would answer, had it the facts. */
        public boolean lacksFacts() {
            return !missing.isEmpty();
        }
    }

    public MoneyAnswers {
        bills = List.copyOf(bills);
        unanswered = List.copyOf(unanswered);
    }

    /** Asks each section of the document; what cannot be answered names the facts that it lacks. */
    public static MoneyAnswers of(
            MoneyRules rules, HouseholdFacts household, TenancyCase tenancy, LocalDate asOf, WorkingDays calendar) {
        return new Asked(rules, household, tenancy, asOf, calendar, new ArrayList<>()).answers();
    }

    private interface Section<T> {
        Optional<T> ask(TenancyFacts facts);
    }

    private record Asked(
            MoneyRules rules,
            HouseholdFacts household,
            TenancyCase tenancy,
            LocalDate asOf,
            WorkingDays calendar,
            List<Unanswered> unanswered) {

        private MoneyAnswers answers() {
            var rent = answer(MoneyQuestion.RENT, facts -> rules.rent(household, facts, asOf));
            var subsidy = answer(MoneyQuestion.SUBSIDY, facts -> rules.subsidy(household, facts, asOf));
            var monthlyRentFen = Optional.ofNullable(tenancy.monthlyRentFen())
                    .or(() -> Optional.ofNullable(rent).map(RentAnswer::monthlyFen))
                    .orElse(null);
            return new MoneyAnswers(
                    rent,
                    subsidy,
                    answer(MoneyQuestion.SUBSIDY_COURSE, facts -> rules.subsidyCourse(history(subsidy))),
                    answer(MoneyQuestion.DEPOSIT, facts -> rules.deposit(facts, monthlyRentFen, asOf)),
                    bills(monthlyRentFen),
                    answer(MoneyQuestion.LATE_FEE, facts -> lateFee(monthlyRentFen)),
                    answer(MoneyQuestion.ARREARS, facts -> rules.arrears(household, arrears(), asOf, calendar)),
                    answer(
                            MoneyQuestion.RENT_AFTER_END,
                            facts -> rules.rentAfterEnd(facts, given(tenancy.endedOn(), "endedOn"), asOf)),
                    unanswered);
        }

        private List<BillingPeriod> bills(@Nullable Long monthlyRentFen) {
            var bills = answer(
                    MoneyQuestion.BILLS,
                    facts -> Optional.of(rules.billing(
                            given(tenancy.lease(), "lease"), given(monthlyRentFen, Deposit.RENT_FACT), calendar)));
            return Objects.requireNonNullElse(bills, List.of());
        }

        /** A bill that is not due yet costs nothing. */
        private Optional<MoneyStep> lateFee(@Nullable Long monthlyRentFen) {
            var arrears = arrears();
            var days = ChronoUnit.DAYS.between(arrears.unpaidSince(), asOf);
            return rules.lateFee(
                    arrears.overdueFen(), given(monthlyRentFen, Deposit.RENT_FACT), Math.toIntExact(Math.max(days, 0)));
        }

        private Arrears arrears() {
            return given(tenancy.arrears(), "arrears");
        }

        private SubsidyHistory history(@Nullable SubsidyAnswer subsidy) {
            var months = given(tenancy.subsidyMonths(), "subsidyMonths");
            var granted = months.monthlyFen() == null && subsidy != null
                    ? Long.valueOf(subsidy.monthlyFen())
                    : months.monthlyFen();
            return new SubsidyHistory(
                    months.from(), months.to(), given(granted, "monthlyFen of subsidyMonths"), months.events());
        }

        private <T> @Nullable T answer(MoneyQuestion question, Section<T> section) {
            if (!rules.answers(question)) {
                unanswered.add(new Unanswered(question, List.of()));
                return null;
            }
            try {
                return section.ask(tenancy.facts()).orElse(null);
            } catch (MissingFactException e) {
                unanswered.add(new Unanswered(question, missing(section, e)));
                return null;
            }
        }

        /** All at once: what is missing is supposed, to learn what would be asked for next. */
        private List<String> missing(Section<?> section, MissingFactException first) {
            var names = new ArrayList<String>();
            names.add(first.fact());
            var facts = tenancy.facts();
            for (var supposed = facts.supposing(first.fact()); !supposed.equals(facts); ) {
                facts = supposed;
                try {
                    section.ask(facts);
                } catch (MissingFactException e) {
                    names.add(e.fact());
                    supposed = facts.supposing(e.fact());
                }
            }
            return names;
        }

        private static <T> T given(@Nullable T value, String name) {
            if (value == null) {
                throw new MissingFactException(name);
            }
            return value;
        }
    }
}
