package io.anju.platform.config;

import java.util.List;

/** Settings that the server cannot start with; the message names each of them. */
public final class InvalidSettings extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidSettings(List<String> complaints) {
        super(String.join(System.lineSeparator(), complaints));
    }
}
