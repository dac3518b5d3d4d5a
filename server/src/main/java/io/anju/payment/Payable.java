package io.anju.payment;

import java.util.UUID;

/**
 * A bill as far as paying it goes.
 *
 * @param dueFen what is still owed on it; 0 where it is settled
 * @param partialAllowed whether the city's policy takes less than all of it
 * @param aheadAllowed whether more than all of it is taken, as credit for what falls due later
 * @param title what the payer reads at the channel, such as 2026年3月租金; nothing personal
 */
public record Payable(
        UUID billId,
        UUID leaseId,
        String cityCode,
        long dueFen,
        boolean partialAllowed,
        boolean aheadAllowed,
        String title) {}
