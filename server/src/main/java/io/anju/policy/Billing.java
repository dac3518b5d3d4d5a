package io.anju.policy;

import io.anju.platform.time.WorkingDays;
import io.anju.policy.number.MoneyRounding;
import io.anju.policy.number.Rational;
import io.anju.policy.yaml.YamlNode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The rhythm in which rent is paid (租金缴纳).
 *
 * @param daysAhead how long before its period a bill is due
 * @param countsWorkingDays whether those are working days
 */
record Billing(
        Every every,
        Anchor anchor,
        int daysAhead,
        boolean countsWorkingDays,
        DayOff ifDayOff,
        PartialMonth partialMonth,
        MoneyRounding rounding) {

    enum Every {
        MONTH(1),
        QUARTER(3),
        HALF_YEAR(6),
        YEAR(12);

        private final int months;

        Every(int months) {
            this.months = months;
        }
    }

    /** Where periods begin. */
    enum Anchor {
        /** On the lease's own day of the month; on a shorter month's last day where it has no such day. */
        LEASE,
        /** On the first of calendar months, quarters, half-years or years. */
        CALENDAR
    }

    /** What becomes of a due day that is no working day. */
    enum DayOff {
        STAYS,
        WORKING_DAY_BEFORE,
        WORKING_DAY_AFTER
    }

    /** What part of a month costs. */
    enum PartialMonth {
        BY_DAY,
        THIRTY_DAYS,
        WHOLE_MONTH
    }

    private static final int THIRTY = 30;
    private static final int MAX_DAYS_AHEAD = 60;
    private static final int FEN_PER_YUAN = 100;

    /** Every bill of the lease, without a day that has two or none. */
    List<BillingPeriod> periods(LeaseTerm lease, long monthlyRentFen, WorkingDays calendar) {
        var periods = new ArrayList<BillingPeriod>();
        for (var from = lease.from(); !from.isAfter(lease.to()); ) {
            var next = nextPeriod(lease, periods.size() + 1);
            var last = next.minusDays(1);
            var to = last.isBefore(lease.to()) ? last : lease.to();
            var yuan = months(lease, from, to).times(Rational.of(monthlyRentFen, FEN_PER_YUAN));
            periods.add(new BillingPeriod(
                    periods.size() + 1, from, to, dueOn(from, lease.from(), calendar), rounding.fen(yuan)));
            from = next;
        }
        return List.copyOf(periods);
    }

    /** Counted from the first day each time: a lease from the 31st is back on the 31st after February. */
    private LocalDate nextPeriod(LeaseTerm lease, int number) {
        if (anchor == Anchor.LEASE) {
            return lease.from().plusMonths((long) number * every.months);
        }
        var first = lease.from().withDayOfMonth(1);
        var monthOfPeriod = (first.getMonthValue() - 1) % every.months;
        return first.minusMonths(monthOfPeriod).plusMonths((long) number * every.months);
    }

    private LocalDate dueOn(LocalDate from, LocalDate leaseFrom, WorkingDays calendar) {
        var due = countsWorkingDays ? calendar.plus(from, -daysAhead) : from.minusDays(daysAhead);
        if (due.isBefore(leaseFrom)) {
            // nobody owes before there is a lease: the first bill is paid when it begins
            return leaseFrom;
        }
        return switch (ifDayOff) {
            case STAYS -> due;
            case WORKING_DAY_BEFORE -> calendar.isWorkingDay(due) ? due : calendar.plus(due, -1);
            case WORKING_DAY_AFTER -> calendar.isWorkingDay(due) ? due : calendar.plus(due, 1);
        };
    }

    /** Months from the first to the last day, exactly. */
    private Rational months(LeaseTerm lease, LocalDate from, LocalDate to) {
        var months = Rational.ZERO;
        var end = to.plusDays(1);
        var begin = anchor == Anchor.LEASE ? lease.from() : lease.from().withDayOfMonth(1);
        var first = Math.max(ChronoUnit.MONTHS.between(begin, from) - 1, 0);
        for (var month = first; begin.plusMonths(month).isBefore(end); month++) {
            var monthBegin = begin.plusMonths(month);
            var monthEnd = begin.plusMonths(month + 1);
            var days = ChronoUnit.DAYS.between(later(monthBegin, from), earlier(monthEnd, end));
            if (days > 0) {
                months = months.plus(part(days, ChronoUnit.DAYS.between(monthBegin, monthEnd)));
            }
        }
        return months;
    }

    private Rational part(long days, long daysOfMonth) {
        if (days == daysOfMonth) {
            return Rational.ONE;
        }
        return switch (partialMonth) {
            case BY_DAY -> Rational.of(days, daysOfMonth);
            case THIRTY_DAYS -> Rational.of(days, THIRTY).min(Rational.ONE);
            case WHOLE_MONTH -> Rational.ONE;
        };
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    static Billing read(YamlNode node, MoneyNodes nodes) {
        node.onlyKeys("every", "anchor", "due", "partialMonth", "rounding");
        var due = node.get("due");
        due.onlyKeys("daysAhead", "workingDaysAhead", "ifDayOff");
        if (due.find("daysAhead").isPresent() == due.find("workingDaysAhead").isPresent()) {
            throw due.broken("either daysAhead or workingDaysAhead is expected here");
        }
        var countsWorkingDays = due.find("workingDaysAhead").isPresent();
        return new Billing(
                node.get("every").oneOf(Every.class),
                node.get("anchor").oneOf(Anchor.class),
                due.get(countsWorkingDays ? "workingDaysAhead" : "daysAhead").integer(0, MAX_DAYS_AHEAD),
                countsWorkingDays,
                due.find("ifDayOff").map(value -> value.oneOf(DayOff.class)).orElse(DayOff.STAYS),
                node.get("partialMonth").oneOf(PartialMonth.class),
                nodes.rounding(node));
    }
}
