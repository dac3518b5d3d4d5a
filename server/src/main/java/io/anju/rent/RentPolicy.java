package io.anju.rent;

import io.anju.lease.LeaseFile;
import io.anju.lease.RentTerms;
import io.anju.policy.MoneyRules;
import io.anju.policy.MoneyStep;
import io.anju.policy.TenancyFacts;
import io.anju.rent.RentPlan.Amount;
import io.anju.rent.RentPlan.Line;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What this room itself decides about amounts; pure. */
final class RentPolicy {
    private RentPolicy() {}

    /** The terms that held on some day of a bill, in their order. */
    static List<RentTerms> termsOf(LeaseFile file, Bill bill) {
        var held = RentTerms.standing(file.terms());
        var found = new ArrayList<RentTerms>();
        for (var i = 0; i < held.size(); i++) {
            var isOver = i + 1 < held.size() && !held.get(i + 1).from().isAfter(bill.from());
            if (!held.get(i).from().isAfter(bill.to()) && !isOver) {
                found.add(held.get(i));
            }
        }
        return found;
    }

    /**
     * A month of staying on after the end of the lease, by days where the home was given back within it; due on its last
     * day. Nothing where the rules say nothing about it.
     *
     * @param to last day of the whole month
     */
    static Line stay(
            MoneyRules rules,
            TenancyFacts tenancy,
            LocalDate endedOn,
            LocalDate from,
            LocalDate to,
            LocalDate returnedOn) {
        var last = to.isAfter(returnedOn) ? returnedOn : to;
        long monthly =
                rules.rentAfterEnd(tenancy, endedOn, from).map(MoneyStep::fen).orElse(0L);
        var days = ChronoUnit.DAYS.between(from, last) + 1;
        var whole = ChronoUnit.DAYS.between(from, to) + 1;
        var fen = BigDecimal.valueOf(monthly)
                .multiply(BigDecimal.valueOf(days))
                .divide(BigDecimal.valueOf(whole), 0, RoundingMode.HALF_UP)
                .longValueExact();
        return new Line(from, last, last, new Amount(fen, 0), true);
    }
}
