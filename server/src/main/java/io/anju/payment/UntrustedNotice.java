package io.anju.payment;

/** A notification that nobody vouches for: forged, stale, cut short, or a probe. */
public final class UntrustedNotice extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param reason a stable word for metrics, such as {@code stale} */
    public UntrustedNotice(String reason) {
        super(reason, null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
