package io.anju.reconciliation;

/** A file that is not a whole bill: nothing of it is used, and it is fetched again. */
final class UnusableBill extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason a stable word, such as {@code truncated} */
    UnusableBill(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
