package io.anju.rent;

import io.anju.lease.Lease;
import io.anju.lease.LeaseFile;
import io.anju.platform.db.Ids;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.MoneyRules;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Bill.SubsidyState;
import io.anju.rent.RentPlan.Amount;
import io.anju.rent.RentPlan.Line;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A lease that has changed, and what its bills follow from now. */
record RentWork(LeaseFile file, MoneyRules rules, WorkingDays calendar, RentPlan plan, UUID planId, Instant now) {
    Lease lease() {
        return file.lease();
    }

    UUID leaseId() {
        return file.lease().id();
    }

    List<Line> lines() {
        return plan.lines(rules, calendar);
    }

    /** What days of one period cost. */
    Amount amount(LocalDate first, LocalDate last) {
        return plan.amount(rules, calendar, first, last);
    }

    /** A bill of this lease; it is not issued yet. */
    Bill bill(Charge charge, String occasion, Line line, @Nullable String reason) {
        var amount = line.amount();
        return new Bill(
                Ids.next(now),
                leaseId(),
                lease().number(),
                lease().cityCode(),
                charge,
                occasion,
                line.from(),
                line.to(),
                line.dueOn(),
                line.from(),
                amount.fen(),
                amount.subsidyFen(),
                amount.subsidyFen() > 0 ? SubsidyState.PENDING : SubsidyState.NONE,
                0,
                0,
                0,
                now,
                reason);
    }
}
