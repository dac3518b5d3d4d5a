package io.anju.ledger;

import java.util.Locale;

/**
 * What an account is for. A debit is positive: what the city is owed or has; a credit is negative: what it owes or
 * earned. {@code ledger.account_kind} holds the same names with the limits that each balance keeps to.
 */
public enum AccountKind {
    /** What a lease owes (应收); never below zero. Owner: the lease. */
    RECEIVABLE,
    /** What a lease has paid above its debt (预收); never above zero. Owner: the lease. */
    TENANT_CREDIT,
    /** The deposit that is held for a lease (押金); never above zero. Owner: the lease. */
    DEPOSIT,
    /** A subsidy that is due to a lease and not paid out; never above zero. Owner: the lease. */
    SUBSIDY_PAYABLE,
    /** Owner: the provider of the homes. */
    RENT_INCOME,
    /** Owner: the provider of the homes. */
    LATE_FEE_INCOME,
    /** Owner: the programme. */
    SUBSIDY_EXPENSE,
    /** Debts given up (核销). Owner: the provider of the homes. */
    WRITE_OFF,
    /** What a channel has taken in and not paid out yet. Owner: the channel, such as {@code wechat}. */
    CLEARING,
    /** Money that must go back to a payer, such as one paid after the order was closed; never above zero. Owner: the channel. */
    REFUNDS_PENDING,
    /** What a channel has paid out to the city's bank account. Owner: the channel. */
    BANK,
    /** What a channel keeps for its service (手续费). Owner: the channel. */
    CHANNEL_FEE,
    /** Differences whose cause has not been found, until an open item is resolved. Owner: the channel. */
    UNEXPLAINED;

    /** The name in the database and in the contract, such as {@code tenant_credit}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AccountKind of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
