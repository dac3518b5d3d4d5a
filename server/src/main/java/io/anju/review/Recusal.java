package io.anju.review;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a member of staff has declared not to work on: the cases of a person, or one case.
 *
 * @param ground as in the contract
 */
record Recusal(
        UUID id,
        String ground,
        @Nullable String maskedNationalId,
        @Nullable UUID applicationId,
        Instant declaredAt) {}
