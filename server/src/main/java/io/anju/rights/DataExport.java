package io.anju.rights;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a resident's data that was asked for.
 *
 * @param expiresAt it can be fetched until then, and is erased afterwards
 * @param readyAt null while it is being made
 */
record DataExport(
        UUID id,
        UUID residentId,
        Instant requestedAt,
        Instant expiresAt,
        @Nullable Instant readyAt,
        @Nullable Long sizeBytes) {}
