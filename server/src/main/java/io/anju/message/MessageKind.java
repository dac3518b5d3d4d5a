package io.anju.message;

import java.util.Arrays;
import java.util.Locale;

/** What a message is about; each kind has a template of its own at WeChat. */
enum MessageKind {
    /** A bill was issued, with the day by which it is due. */
    RENT_DUE,
    /** A step was taken because rent is overdue. The notice itself is read in the mini-program, or comes by letter. */
    ARREARS,
    /** A payment came, or a refund went back. */
    PAYMENT;

    /** The name in the contract and in the database, such as {@code rent-due}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static MessageKind of(String id) {
        return Arrays.stream(values())
                .filter(kind -> kind.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there are no messages of the kind " + id));
    }
}
