package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a document says about money: each section may be missing, and then the document leaves it to another one.
 * Amounts are exact and become whole fen once, at the end.
 *
 * <p>Every answer throws {@link MissingFactException} when a rule needs a fact that was left open.
 */
public final class MoneyRules {
    private final NamedFacts named;
    private final Sections sections;

    /** Null for each section that the document does not have. */
    record Sections(
            @Nullable Rent rent,
            @Nullable Subsidy subsidy,
            @Nullable Deposit deposit,
            @Nullable Billing billing,
            @Nullable LateFee lateFee,
            @Nullable ArrearsLadder arrears) {}

    /** @param named the classes that conditions may ask for */
    MoneyRules(NamedFacts named, Sections sections) {
        this.named = named;
        this.sections = sections;
    }

    /** Whether the document says anything about it. */
    boolean answers(MoneyQuestion question) {
        var arrears = sections.arrears();
        return switch (question) {
            case RENT -> sections.rent() != null;
            case SUBSIDY, SUBSIDY_COURSE -> sections.subsidy() != null;
            case DEPOSIT -> sections.deposit() != null;
            case BILLS -> sections.billing() != null;
            case LATE_FEE -> sections.lateFee() != null;
            case ARREARS -> arrears != null;
            case RENT_AFTER_END -> arrears != null && arrears.afterEnd() != null;
        };
    }

    /** Whether the document says what follows on such an event of a subsidy. */
    boolean regulates(SubsidyEvent.Kind event) {
        var subsidy = sections.subsidy();
        return subsidy != null && subsidy.changes().regulates(event);
    }

    /** The rent of a home on a day; empty where the document sets none. */
    public Optional<RentAnswer> rent(HouseholdFacts household, TenancyFacts tenancy, LocalDate asOf) {
        return Optional.ofNullable(sections.rent()).map(rule -> rule.evaluate(view(household, asOf), tenancy));
    }

    /** The subsidy of a household on a day; empty where the document grants none. */
    public Optional<SubsidyAnswer> subsidy(HouseholdFacts household, TenancyFacts tenancy, LocalDate asOf) {
        return Optional.ofNullable(sections.subsidy()).map(rule -> rule.evaluate(view(household, asOf), tenancy));
    }

    /**
     * What is due for each month after everything that happened; empty where the document grants no subsidy.
     *
     * @throws IllegalArgumentException for an event that the document says nothing about
     */
    public Optional<SubsidyCourse> subsidyCourse(SubsidyHistory history) {
        return Optional.ofNullable(sections.subsidy())
                .map(rule -> rule.changes().course(history));
    }

    /**
     * The deposit of a lease that begins on the day; empty where the document asks for none.
     *
     * @param monthlyRentFen null where it is not known, which matters only to a deposit of so many months' rent
     */
    public Optional<MoneyStep> deposit(TenancyFacts tenancy, @Nullable Long monthlyRentFen, LocalDate day) {
        return Optional.ofNullable(sections.deposit()).map(rule -> rule.evaluate(day, tenancy, monthlyRentFen));
    }

    /** Every bill of a lease with its period, amount and due day; none where the document sets no rhythm. */
    public List<BillingPeriod> billing(LeaseTerm lease, long monthlyRentFen, WorkingDays calendar) {
        var billing = sections.billing();
        return billing == null ? List.of() : billing.periods(lease, monthlyRentFen, calendar);
    }

    /**
     * The late fee after so many days; empty where the document sets none.
     *
     * @param days since the day after the bill was due
     */
    public Optional<MoneyStep> lateFee(long overdueFen, long monthlyRentFen, int days) {
        return Optional.ofNullable(sections.lateFee()).map(rule -> rule.evaluate(overdueFen, monthlyRentFen, days));
    }

    /**
     * The late fee on one bill over everything that was paid of it; empty where the document sets none.
     *
     * @param stretches in their order, from the day after the bill was due, without days that do not count
     */
    public Optional<AccruedFee> lateFee(List<OverdueStretch> stretches, long monthlyRentFen) {
        return Optional.ofNullable(sections.lateFee()).map(rule -> rule.accrue(stretches, monthlyRentFen));
    }

    /** What is done about arrears; empty where the document says nothing. */
    public Optional<ArrearsFollowUp> followUp() {
        var subsidy = sections.subsidy();
        var changes = subsidy == null ? null : subsidy.changes();
        return Optional.ofNullable(sections.arrears()).map(ladder -> new ArrearsFollowUp(ladder, changes, named));
    }

    /** Which step of the ladder is due on the day, and whether the lease ends. */
    public Optional<ArrearsAnswer> arrears(
            HouseholdFacts household, Arrears arrears, LocalDate asOf, WorkingDays calendar) {
        return Optional.ofNullable(sections.arrears())
                .map(ladder -> ladder.evaluate(view(household, asOf), arrears, calendar));
    }

    /**
     * What is due for a month of staying on after the end of the lease; empty where the document says nothing.
     *
     * @param endedOn first day without a lease
     */
    public Optional<MoneyStep> rentAfterEnd(TenancyFacts tenancy, LocalDate endedOn, LocalDate day) {
        return Optional.ofNullable(sections.arrears())
                .map(ArrearsLadder::afterEnd)
                .map(rule -> rule.evaluate(endedOn, day, tenancy));
    }

    private HouseholdView view(HouseholdFacts household, LocalDate asOf) {
        return new HouseholdView(household, asOf, named);
    }
}
