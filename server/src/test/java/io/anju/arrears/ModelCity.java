package io.anju.arrears;

/**
 * What {@link YearModel} knows of a city's sample rules.
 *
 * @param rentFen of a month of the homes that are let there
 * @param subsidyFen what a separate subsidy bears of it, once the own share is paid
 * @param graceDays late days that cost nothing
 * @param feeFen so much of {@code feeOfFen} for each further day
 * @param feeIsCapped whether a fee is at most what was late
 * @param takesComplaints whether complaints about its leases are taken here
 */
record ModelCity(
        long rentFen,
        long subsidyFen,
        int graceDays,
        long feeFen,
        long feeOfFen,
        boolean feeIsCapped,
        boolean takesComplaints) {
    /** Half of a thousandth a day, the first five free. */
    static final ModelCity QINGDAO = new ModelCity(60_000, 0, 5, 1, 2_000, true, true);
    /** Three thousandths a day. */
    static final ModelCity XIAMEN = new ModelCity(150_200, 60_080, 0, 3, 1_000, false, false);

    /** Half a fen and more is one. */
    long feeFen(long fenDays) {
        return (2 * fenDays * feeFen + feeOfFen) / (2 * feeOfFen);
    }
}
