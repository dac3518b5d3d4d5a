package io.anju.policy;

import java.time.LocalDate;

/**
 * What a household owes on a lease (欠租).
 *
 * @param unpaidSince day on which the oldest unpaid bill was due
 * @param overdueFen all that is overdue
 * @param runningMonths months unpaid in a row up to now
 * @param monthsInAll months unpaid over the whole lease (累计)
 */
public record Arrears(LocalDate unpaidSince, long overdueFen, int runningMonths, int monthsInAll) {
    public Arrears {
        if (overdueFen < 0 || runningMonths < 0 || monthsInAll < runningMonths) {
            throw new IllegalArgumentException(
                    "arrears are never negative, and the months in a row are among those in all");
        }
    }
}
