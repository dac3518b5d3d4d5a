package io.anju.sdk;

/** No answer came, after all tries. Whether a write took effect is unknown; the same idempotency key finds out safely. */
public final class AnjuUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String idempotencyKey;

    AnjuUnreachable(String message, String idempotencyKey, Throwable cause) {
        super(message, cause);
        this.idempotencyKey = idempotencyKey;
    }

    /** The key that the write was sent with, to repeat it by {@link CallOptions#idempotencyKey}; empty for a read. */
    public String idempotencyKey() {
        return idempotencyKey;
    }
}
