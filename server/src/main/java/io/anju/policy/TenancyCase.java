package io.anju.policy;

/** A tenancy to try a document on. */
public record TenancyCase(TenancyFacts facts) {
    /** Nothing is known of a home. */
    public static final TenancyCase NONE = new TenancyCase(TenancyFacts.NONE);
}
