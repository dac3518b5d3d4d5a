package io.anju.sandbox.wechatpay;

/** A request that WeChat Pay declines. */
final class PayFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient PayError error;

    PayFault(PayError error) {
        this(error, error.message());
    }

    /** @param message what exactly is wrong, in WeChat Pay's manner */
    PayFault(PayError error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    PayError error() {
        return error;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
