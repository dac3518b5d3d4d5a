package io.anju.arrears;

import java.time.LocalDate;

/**
 * What is left between a household and its city once the home is given back: the rent counts by days up to the last one,
 * credit and then the deposit pay what is owed, and the rest is the household's.
 */
record YearEnd(long dueFen, long creditFen) {
    static YearEnd of(YearModel model, LocalDate lastDay) {
        var owedFen = 0L;
        var hasFen = model.creditFen;
        for (var bill : model.bills.values()) {
            var neededFen = neededFen(model.city, bill, lastDay);
            owedFen += Math.max(0, neededFen - bill.paidFen());
            hasFen += Math.max(0, bill.paidFen() - neededFen);
        }
        var isDeposit = true;
        for (var other : model.others.values()) {
            if (isDeposit) {
                // what is held comes back, and what is not is never asked for again
                hasFen += other.paidFen();
            } else {
                owedFen += other.openFen();
            }
            isDeposit = false;
        }
        return new YearEnd(Math.max(0, owedFen - hasFen), Math.max(0, hasFen - owedFen));
    }

    /** What was taken back stays so: the own share is less by it, and then the subsidy. */
    private static long neededFen(ModelCity city, ModelBill bill, LocalDate lastDay) {
        var leftFen = Math.max(0, byDays(bill, bill.fen, city.rentFen(), lastDay) - bill.creditedFen());
        var subsidyFen = Math.min(bill.ofSubsidyFen(), byDays(bill, bill.ofSubsidyFen(), city.subsidyFen(), lastDay));
        var bornFen = bill.voidOn == null ? Math.min(leftFen, subsidyFen) : 0;
        return Math.max(0, leftFen - bornFen - bill.givenUpFen);
    }

    /** Half a fen and more is one. */
    private static long byDays(ModelBill bill, long wholeFen, long monthFen, LocalDate lastDay) {
        if (!bill.to.isAfter(lastDay)) {
            return wholeFen;
        }
        if (bill.from.isAfter(lastDay)) {
            return 0;
        }
        var ofMonth = lastDay.lengthOfMonth();
        var days = lastDay.getDayOfMonth() - bill.from.getDayOfMonth() + 1;
        return (2 * monthFen * days + ofMonth) / (2L * ofMonth);
    }
}
