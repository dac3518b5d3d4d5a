package io.anju.policy;

/** A rule about money asks for a fact that was not given. */
public final class MissingFactException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String fact;

    MissingFactException(String fact) {
        super("the rule needs the fact " + fact);
        this.fact = fact;
    }

    /** The name under which the fact is given. */
    public String fact() {
        return fact;
    }
}
