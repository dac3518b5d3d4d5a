package io.anju.arrears;

import java.time.LocalDate;

/**
 * What is left between a household and its city once the home is given back: the rent counts by days up to the last one,
 * credit and then the deposit pay what is owed, and the rest is the household's.
 */
record YearEnd(long dueFen, long creditFen) {
    private static final long RENT_FEN = 60_000;

    static YearEnd of(YearModel model, LocalDate lastDay) {
        var heldFen = Math.min(model.depositFen, model.otherPaidFen);
        var owedFen = model.otherFen - (model.depositFen - heldFen);
        var hasFen = model.creditFen + heldFen;
        for (var bill : model.bills.values()) {
            var neededFen = Math.max(0, rentFen(bill, lastDay) - bill.givenUpFen);
            var paidFen = bill.paidFen();
            owedFen += Math.max(0, neededFen - paidFen);
            hasFen += Math.max(0, paidFen - neededFen);
        }
        return new YearEnd(Math.max(0, owedFen - hasFen), Math.max(0, hasFen - owedFen));
    }

    /** Half a fen and more is one. */
    private static long rentFen(ModelBill bill, LocalDate lastDay) {
        if (!bill.to.isAfter(lastDay)) {
            return bill.fen;
        }
        if (bill.from.isAfter(lastDay)) {
            return 0;
        }
        var ofMonth = lastDay.lengthOfMonth();
        var days = lastDay.getDayOfMonth() - bill.from.getDayOfMonth() + 1;
        return (2 * RENT_FEN * days + ofMonth) / (2L * ofMonth);
    }
}
