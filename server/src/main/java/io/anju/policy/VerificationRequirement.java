package io.anju.policy;

/**
 * A fact that an agency is asked to confirm.
 *
 * @param agency id of the agency in the city's data, e.g. {@code civil-affairs}
 * @param fact name of a declared fact: one of {@link VerifiableFact}'s codes
 * @param required whether the step waits for the answer
 */
public record VerificationRequirement(String agency, String fact, boolean required) {}
