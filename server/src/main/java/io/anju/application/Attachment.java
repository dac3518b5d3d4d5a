package io.anju.application;

import java.time.Instant;
import java.util.UUID;

/**
 * A document of an application.
 *
 * @param mediaType recognised from the content
 * @param fileKey where the sealed bytes lie in the file store
 * @param handedIn part of a submission, and so kept
 */
record Attachment(
        UUID id,
        UUID applicationId,
        String kind,
        String fileName,
        String mediaType,
        long sizeBytes,
        String sha256,
        String fileKey,
        Instant uploadedAt,
        boolean handedIn) {}
