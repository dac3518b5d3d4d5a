package io.anju.payment;

import io.anju.ledger.Entry;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What can be paid. Implemented by the room that bills, and given to payments at start. */
public interface Payables {
    /**
     * The bills, locked in the order of their ids, as far as this payer may pay them: the tenant or a party of the lease.
     * Others are left out, as if they were not there.
     */
    Future<List<Payable>> lock(Tx tx, UUID residentId, List<UUID> billIds, Instant now);

    /**
     * A paid order's money lands: it settles the order's bills, the oldest due first, and what is above the debt becomes
     * the lease's credit. Called exactly once for an order, and never refuses: the money is there.
     *
     * @return the credits, which come to the order's amount; payment posts them against the channel's clearing account in
     *     the same transaction
     */
    Future<List<Entry>> settle(Tx tx, PaidOrder order, Instant now);

    /**
     * A refund came through: the lease's credit gives back first, then the bills that the order paid, which become due
     * again. Called exactly once for a refund; all refunds of an order never come to more than it paid.
     *
     * @param refundNumber the refund's number at the channel
     * @return the debits, which come to the refund's amount
     */
    Future<List<Entry>> giveBack(Tx tx, PaidOrder order, long amountFen, String refundNumber, Instant now);
}
