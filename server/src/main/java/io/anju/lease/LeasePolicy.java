package io.anju.lease;

import io.anju.lease.Lease.Ground;
import io.anju.lease.LeaseFile.Basis;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.MissingFactException;
import io.anju.policy.MoneyStep;
import io.anju.policy.PolicyDocument;
import io.anju.policy.RentAnswer;
import io.anju.policy.SubsidyAnswer;
import io.anju.policy.TenancyFacts;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of leases that hold in every city, and the way from a city's rules to a lease's terms. */
final class LeasePolicy {
    /** 公共租赁住房管理办法第十八条. */
    private static final int MOST_YEARS = 5;

    /** 公共租赁住房管理办法第十七条. */
    static final int FILING_DAYS = 30;

    /** 公共租赁住房管理办法第十八条: three months before the end. */
    private static final int RENEWAL_MONTHS = 3;

    /** Earlier than this nobody can know what will be true at the end. */
    private static final int EARLIEST_RENEWAL_MONTHS = 12;

    private LeasePolicy() {}

    /** What the rules make of a household in a home; the area comes from the home. */
    record Quote(RentTerms terms, long depositFen, Basis basis) {}

    /** @param number of the terms to be */
    record Asked(int number, LocalDate from, LocalDate asOf, boolean newlyEnters) {}

    /**
     * The terms from a day on, by the rules of the document.
     *
     * @throws Refusal where the document sets no rent, a fact is missing, or the household may not newly get a home
     */
    static Quote quote(
            PolicyDocument policy, HouseholdFacts household, BigDecimal areaSqm, EstateRates rates, Asked asked) {
        var tenancy = tenancy(areaSqm, rates);
        try {
            var rent = policy.money()
                    .rent(household, tenancy, asked.asOf())
                    .orElseThrow(() ->
                            Refusal.of(LeaseProblem.PROGRAMME_SETS_NO_RENT, Map.of("programme", policy.programme())));
            if (asked.newlyEnters() && !rent.mayEnter()) {
                throw Refusal.of(LeaseProblem.MAY_NOT_ENTER, Map.of("tier", rent.tier()));
            }
            var paid = new TenancyFacts(
                    areaSqm,
                    tenancy.projectStandardFenPerSqm(),
                    tenancy.marketRentFenPerSqm(),
                    rent.monthlyFen(),
                    List.of());
            var subsidy = policy.money().subsidy(household, paid, asked.asOf()).orElse(null);
            var deposit = policy.money().deposit(paid, rent.monthlyFen(), asked.from());
            var knownTo = dependsOnRates(policy, household, areaSqm, asked.asOf()) ? rates.to() : null;
            return new Quote(
                    terms(policy, asked, rent, subsidy, knownTo),
                    deposit.map(MoneyStep::fen).orElse(0L),
                    new Basis(household, paid));
        } catch (MissingFactException missing) {
            throw Refusal.of(LeaseProblem.RENT_FACTS_MISSING, Map.of("fact", missing.fact()));
        }
    }

    private static TenancyFacts tenancy(BigDecimal areaSqm, EstateRates rates) {
        return new TenancyFacts(areaSqm, rates.projectStandardFen(), rates.marketRentFen(), null, List.of());
    }

    private static boolean dependsOnRates(
            PolicyDocument policy, HouseholdFacts household, BigDecimal areaSqm, LocalDate asOf) {
        try {
            var bare = tenancy(areaSqm, EstateRates.UNKNOWN);
            policy.money().rent(household, bare, asOf);
            policy.money().subsidy(household, bare, asOf);
            return false;
        } catch (MissingFactException missing) {
            return true;
        }
    }

    private static RentTerms terms(
            PolicyDocument policy,
            Asked asked,
            RentAnswer rent,
            @Nullable SubsidyAnswer subsidy,
            @Nullable LocalDate knownTo) {
        var trace = new ArrayList<>(rent.trace());
        if (subsidy != null) {
            trace.addAll(subsidy.trace());
        }
        // nobody is paid for living in a home: what would go beyond the rent is left out
        var subsidyFen = subsidy == null ? 0 : Math.min(subsidy.monthlyFen(), rent.monthlyFen());
        return new RentTerms(
                asked.number(),
                asked.from(),
                knownTo,
                rent.monthlyFen(),
                subsidyFen,
                rent.tier(),
                policy.digest(),
                trace);
    }

    static void checkTerm(LocalDate from, LocalDate to, LocalDate signedOn, LocalDate today) {
        requireBetween("/signedOn", null, signedOn, from.isBefore(today) ? from : today);
        requireBetween("/to", from, to, null);
        if (!to.isBefore(from.plusYears(MOST_YEARS))) {
            throw Refusal.of(
                    LeaseProblem.TERM_TOO_LONG,
                    List.of(Finding.of("/to", LeaseProblem.TERM_TOO_LONG)),
                    Map.of("years", Integer.toString(MOST_YEARS)));
        }
    }

    /** Refuses a day outside of both bounds, which belong to it; null bounds nothing. */
    static void requireBetween(
            String pointer, @Nullable LocalDate earliest, LocalDate day, @Nullable LocalDate latest) {
        if ((earliest != null && day.isBefore(earliest)) || (latest != null && day.isAfter(latest))) {
            var args = Map.of("earliest", Objects.toString(earliest, "—"), "latest", Objects.toString(latest, "—"));
            var code = LeaseProblem.LEASE_DATE_OUT_OF_RANGE;
            throw Refusal.of(code, List.of(new Finding(pointer, code, args)), args);
        }
    }

    static void requireState(Lease lease, LeaseState next) {
        if (!lease.state().mayMoveTo(next)) {
            throw Refusal.of(
                    LeaseProblem.LEASE_STATE_FORBIDS,
                    Map.of("state", lease.state().id()));
        }
    }

    /** Refuses anything about a lease that has ended or was taken back. */
    static void requireRunning(Lease lease) {
        if (lease.state() != LeaseState.SIGNED && lease.state() != LeaseState.ACTIVE) {
            throw Refusal.of(
                    LeaseProblem.LEASE_STATE_FORBIDS,
                    Map.of("state", lease.state().id()));
        }
    }

    /** The terms that hold on a day; refuses where others begin later, which nobody may take away unseen. */
    static RentTerms termsOn(List<RentTerms> all, LocalDate day) {
        var standing = RentTerms.standing(all);
        var last = standing.get(standing.size() - 1);
        if (last.from().isAfter(day)) {
            throw Refusal.of(
                    LeaseProblem.LATER_TERMS, Map.of("from", last.from().toString()));
        }
        return last;
    }

    /** The last day on which the filing is in time. */
    static LocalDate fileBy(LocalDate signedOn) {
        return signedOn.plusDays(FILING_DAYS);
    }

    static void checkRenewal(Lease lease, LocalDate today) {
        if (lease.state() != LeaseState.ACTIVE || lease.end() != null) {
            throw Refusal.of(
                    LeaseProblem.LEASE_STATE_FORBIDS,
                    Map.of("state", lease.state().id()));
        }
        var first = lease.to().minusMonths(EARLIEST_RENEWAL_MONTHS);
        var last = lease.to().minusMonths(RENEWAL_MONTHS);
        if (today.isBefore(first) || today.isAfter(last)) {
            throw Refusal.of(LeaseProblem.RENEWAL_NOT_NOW, Map.of("from", first.toString(), "to", last.toString()));
        }
    }

    /**
     * The last day of the contract may be any from the hand-over to the end of the term; the home is not given back before that
     * has happened. An end that is set may be brought forward, unless another lease follows.
     */
    static void checkEnd(
            Lease lease, LocalDate lastDay, @Nullable LocalDate returnedOn, Ground ground, LocalDate today) {
        requireState(lease, returnedOn == null ? LeaseState.STAYING_ON : LeaseState.ENDED);
        var set = lease.end();
        if (set != null && (set.returnedOn() != null || !lastDay.isBefore(set.lastDay()))) {
            throw Refusal.of(
                    LeaseProblem.LEASE_END_SET, Map.of("lastDay", set.lastDay().toString()));
        }
        var earliest = firstDayInUse(lease);
        var latest = returnedOn == null || ground == Ground.TERM_OVER ? lease.to() : minimum(lease.to(), today);
        requireBetween("/lastDay", ground == Ground.TERM_OVER ? lease.to() : earliest, lastDay, latest);
        if (returnedOn != null) {
            requireBetween("/returnedOn", earliest, returnedOn, today);
        }
    }

    /** The first day on which the household had the home. */
    static LocalDate firstDayInUse(Lease lease) {
        return Objects.requireNonNullElse(lease.course().handedOverOn(), lease.from());
    }

    private static LocalDate minimum(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }
}
