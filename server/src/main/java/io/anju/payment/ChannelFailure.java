package io.anju.payment;

/** A call to a channel did not bring what was asked for. */
public final class ChannelFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** The channel has understood the call and declined it; nothing happened. */
        DECLINED,
        /** Nobody knows what happened: no answer, one that cannot be believed, or the channel's own error. Ask. */
        UNKNOWN
    }

    private final Kind kind;
    private final String code;

    /** @param code the channel's own word for it, such as {@code ORDER_CLOSED} */
    public ChannelFailure(Kind kind, String code) {
        super(kind + " " + code, null, false, false);
        this.kind = kind;
        this.code = code;
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public boolean is(String wanted) {
        return code.equals(wanted);
    }
}
