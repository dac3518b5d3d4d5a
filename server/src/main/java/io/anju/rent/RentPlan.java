package io.anju.rent;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anju.lease.LeaseFile;
import io.anju.lease.RentTerms;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.BillingPeriod;
import io.anju.policy.LeaseTerm;
import io.anju.policy.MoneyRules;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the lines of a lease's bills follow from, but for the rules: pure, and the same for all leases of the
 * same terms.
 *
 * @param to last day of the term, which the rhythm of the bills follows
 * @param lastDay the last day that is billed; earlier where the lease has ended
 * @param laterTenantsFrom the first days of those who became the tenant later: each has bills of their own
 * @param parts the rents, each from its first day until the next one's; the first from the first day of the lease
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RentPlan(
        LocalDate from,
        LocalDate to,
        LocalDate lastDay,
        List<Part> parts,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<LocalDate> laterTenantsFrom) {

    /** @param knownTo last day for which the figures are known; null where they hold on */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Part(LocalDate from, @Nullable LocalDate knownTo, long rentFen, long subsidyFen) {}

    /** One bill to be. */
    record Line(LocalDate from, LocalDate to, LocalDate dueOn, Amount amount, boolean known) {}

    /** @param subsidyFen the part of it that the subsidy bears */
    record Amount(long fen, long subsidyFen) {
        static final Amount NOTHING = new Amount(0, 0);

        Amount minus(Amount other) {
            return new Amount(fen - other.fen, subsidyFen - other.subsidyFen);
        }

        Amount plus(Amount other) {
            return new Amount(fen + other.fen, subsidyFen + other.subsidyFen);
        }
    }

    RentPlan {
        parts = List.copyOf(parts);
        // plans that were stored before anybody could follow say nothing of it
        laterTenantsFrom = List.copyOf(Objects.requireNonNullElse(laterTenantsFrom, List.of()));
    }

    /** Of one tenant. */
    RentPlan(LocalDate from, LocalDate to, LocalDate lastDay, List<Part> parts) {
        this(from, to, lastDay, parts, List.of());
    }

    /** Terms with a higher number take the place of those before them from their first day on. */
    static RentPlan of(LeaseFile file) {
        var lease = file.lease();
        var parts = RentTerms.standing(file.terms()).stream()
                .map(terms -> new Part(terms.from(), terms.knownTo(), terms.rentFen(), terms.subsidyFen()))
                .toList();
        var tenants = file.tenantsFrom();
        return new RentPlan(lease.from(), lease.to(), lease.lastDay(), parts, tenants.subList(1, tenants.size()));
    }

    /** Every line of the lease, cut at its last day; none where the rules set no rhythm. */
    List<Line> lines(MoneyRules rules, WorkingDays calendar) {
        var lines = new ArrayList<Line>();
        for (var period : periods(rules, parts.get(0).rentFen(), to, calendar)) {
            if (period.from().isAfter(lastDay)) {
                break;
            }
            var first = period.from();
            for (var last : lastDays(first, earlier(period.to(), lastDay))) {
                var amount = amount(rules, calendar, first, last);
                // nobody owes rent before the first day of having the home
                var dueOn = first.equals(period.from()) ? period.dueOn() : later(period.dueOn(), first);
                lines.add(new Line(first, last, dueOn, amount, isKnown(first, last)));
                first = last.plusDays(1);
            }
        }
        return List.copyOf(lines);
    }

    /** The last day of each tenant within these days. */
    private List<LocalDate> lastDays(LocalDate first, LocalDate last) {
        var days = new ArrayList<LocalDate>();
        for (var from : laterTenantsFrom) {
            if (from.isAfter(first) && !from.isAfter(last)) {
                days.add(from.minusDays(1));
            }
        }
        days.add(last);
        return days;
    }

    /**
     * What days of one period cost, whatever rents hold in it. Each rent counts as its part of the period up to its last
     * day less its part before its own first day, so that what is cut never comes to more or less than the whole.
     */
    Amount amount(MoneyRules rules, WorkingDays calendar, LocalDate first, LocalDate last) {
        var start = periodOf(rules, calendar, first, last).from();
        var sum = Amount.NOTHING;
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var end = i + 1 < parts.size() ? earlier(parts.get(i + 1).from().minusDays(1), last) : last;
            var begin = part.from().isAfter(first) ? part.from() : first;
            if (!end.isBefore(begin)) {
                var before = begin.equals(start) ? Amount.NOTHING : upTo(rules, calendar, part, begin.minusDays(1));
                sum = sum.plus(upTo(rules, calendar, part, end).minus(before));
            }
        }
        return sum;
    }

    private BillingPeriod periodOf(MoneyRules rules, WorkingDays calendar, LocalDate first, LocalDate last) {
        return periods(rules, 0, to, calendar).stream()
                .filter(period -> !period.from().isAfter(first) && !period.to().isBefore(last))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(first + " to " + last + " are not of one period"));
    }

    /** What a rent comes to from the first day of the period that the day lies in, up to that day. */
    private Amount upTo(MoneyRules rules, WorkingDays calendar, Part part, LocalDate day) {
        return new Amount(
                lastFen(periods(rules, part.rentFen(), day, calendar)),
                part.subsidyFen() == 0 ? 0 : lastFen(periods(rules, part.subsidyFen(), day, calendar)));
    }

    private static long lastFen(List<BillingPeriod> periods) {
        return periods.isEmpty() ? 0 : periods.get(periods.size() - 1).fen();
    }

    private List<BillingPeriod> periods(MoneyRules rules, long monthlyFen, LocalDate last, WorkingDays calendar) {
        return rules.billing(new LeaseTerm(from, last), monthlyFen, calendar);
    }

    private boolean isKnown(LocalDate first, LocalDate last) {
        for (var i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            var end = i + 1 < parts.size() ? earlier(parts.get(i + 1).from().minusDays(1), last) : last;
            var knownTo = part.knownTo();
            if (!part.from().isAfter(last) && !end.isBefore(first) && knownTo != null && knownTo.isBefore(end)) {
                return false;
            }
        }
        return true;
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }
}
