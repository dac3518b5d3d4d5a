package io.anju.application;

/**
 * One thing that is missing or wrong in a submitted application.
 *
 * @param pointer JSON Pointer into the submitted household, or {@code /attachments} for a document
 * @param code the reviewer's reason code, such as {@code document-missing}
 * @param text what the resident has to do, in the resident's words
 */
public record CorrectionItem(String pointer, String code, String text) {}
