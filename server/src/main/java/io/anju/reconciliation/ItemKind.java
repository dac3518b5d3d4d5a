package io.anju.reconciliation;

import java.util.Locale;

/** The differences that have a name. The comparison in {@link CompareStore} writes the same names. */
enum ItemKind {
    /** The channel took money for an order that we do not know. */
    PAYMENT_MISSING_HERE,
    /** We hold an order for paid that the channel's bills do not list. */
    PAYMENT_MISSING_THERE,
    /** The channel lists an order for paid that we do not hold for paid. */
    PAYMENT_STATE_DIFFERS,
    PAYMENT_AMOUNT_DIFFERS,
    /** The same order under another transaction number than ours. */
    TRANSACTION_DIFFERS,
    /** One order, two transactions: the payer was charged twice. */
    CHARGED_TWICE,
    /** One line stands in the bill more than once. */
    DUPLICATE_LINE,
    REFUND_MISSING_HERE,
    REFUND_MISSING_THERE,
    REFUND_STATE_DIFFERS,
    REFUND_AMOUNT_DIFFERS,
    WRONG_MERCHANT,
    WRONG_APP,
    WRONG_CURRENCY,
    /** The fee is not what was agreed for this amount. */
    FEE_DIFFERS,
    /** A line of another day than the bill's. */
    OTHER_DAY,
    /** Both sides agree, and the ledger does not have it, or has it with another amount. */
    LEDGER_DIFFERS,
    /** A line that cannot be read. */
    UNREADABLE_LINE,
    /** The bill's own sums are not those of its lines. */
    SUMS_DIFFER;

    /** The name in the contract and in the database. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
