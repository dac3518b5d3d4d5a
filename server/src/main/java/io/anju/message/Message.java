package io.anju.message;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A message that a consent was taken for.
 *
 * @param templateId of the template that the resident consented to
 * @param tries how often WeChat was asked and gave no answer that means anything
 */
record Message(
        UUID id,
        UUID residentId,
        MessageKind kind,
        String templateId,
        String thing,
        long amountFen,
        LocalDate day,
        int tries) {}
