package io.anju.message;

import java.time.Instant;
import java.util.UUID;

/**
 * What a resident answered about a template, and how many messages may still be sent.
 *
 * @param accepted the last answer
 */
record Consent(UUID residentId, String templateId, int unused, boolean accepted, Instant answeredAt) {}
