package io.anju.policy;

/**
 * A document that the applicant has to hand in (申请材料).
 *
 * @param id kind of the attachment, e.g. {@code household-register}
 * @param hint what exactly is asked for
 */
public record DocumentRule(String id, Text name, Text hint) {}
