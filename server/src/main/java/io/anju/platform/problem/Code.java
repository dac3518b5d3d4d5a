package io.anju.platform.problem;

import java.util.Locale;

/**
 * One entry of the published catalogue of problems.
 *
 * <p>Each domain lists its own in an enum; {@code problems/<domain>.yaml} holds the texts, and a test keeps both in step.
 */
public interface Code {
    /** Given by the enum. */
    String name();

    /** The HTTP status of a problem with this code. */
    int status();

    /** The published identifier: the enum's name in kebab case, e.g. {@code incomplete-application}. */
    default String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
