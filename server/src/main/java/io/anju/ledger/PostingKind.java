package io.anju.ledger;

import java.util.Locale;

/** Why money moved. */
public enum PostingKind {
    BILL,
    CREDIT_NOTE,
    LATE_FEE,
    WRITE_OFF,
    DEPOSIT,
    SUBSIDY,
    /** Credit of a lease used for its debt. */
    CREDIT_USED,
    PAYMENT,
    /** Money for an order that could not take it any more; it waits to go back. */
    LATE_PAYMENT,
    REFUND,
    /** A channel paid out to the bank. */
    SETTLEMENT,
    CHANNEL_FEE,
    /** A difference that reconciliation found, booked or resolved. */
    DIFFERENCE,
    ADJUSTMENT,
    REVERSAL;

    /** The name in the database and in the contract, such as {@code credit_note}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static PostingKind of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
