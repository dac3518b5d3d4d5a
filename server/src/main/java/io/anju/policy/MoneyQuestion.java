package io.anju.policy;

/** What can be asked of a document about the money of one case. */
public enum MoneyQuestion {
    RENT,
    SUBSIDY,
    SUBSIDY_COURSE,
    DEPOSIT,
    BILLS,
    LATE_FEE,
    ARREARS,
    RENT_AFTER_END
}
