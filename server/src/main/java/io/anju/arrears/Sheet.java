package io.anju.arrears;

import io.anju.arrears.ArrearsCase.Fee;
import io.anju.arrears.ArrearsCase.Step;
import io.anju.arrears.HardshipRequest.Plan;
import io.anju.policy.ArrearsFollowUp.Upcoming;
import io.anju.rent.Debts.Debt;
import io.anju.rent.Debts.Settled;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the arrears of a lease stand, with everything that was ever done about them.
 *
 * @param bills what is overdue, with what being late has cost
 * @param allSteps of all its cases, the newest first
 * @param fees what was billed for being late, the newest first
 * @param feesDueFen what is still to be paid of that
 * @param next what follows if nothing is paid
 */
record Sheet(
        Standing standing,
        List<OverdueBill> bills,
        List<Step> allSteps,
        List<Fee> fees,
        long feesDueFen,
        Asked asked,
        Optional<Upcoming> next) {

    /**
     * What was asked for and what is proposed, the newest first.
     *
     * @param plan the newest one; null where there never was one
     */
    record Asked(List<HardshipRequest> requests, @Nullable Plan plan, List<Proposal> proposals) {}

    /**
     * @param settled what was paid of it
     * @param feeFen up to yesterday
     * @param billedFen what of the fee was billed
     */
    record OverdueBill(Debt debt, List<Settled> settled, long feeFen, long billedFen) {}

    long feeFen() {
        return bills.stream().mapToLong(OverdueBill::feeFen).sum();
    }
}
