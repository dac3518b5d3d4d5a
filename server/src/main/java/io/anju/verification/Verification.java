package io.anju.verification;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One fact asked of one agency for one task.
 *
 * @param answers how many answers there are
 * @param latest the answer that counts; null while there is none
 */
public record Verification(
        UUID requestId,
        UUID taskId,
        UUID applicationId,
        String cityCode,
        String agency,
        String fact,
        boolean required,
        int answers,
        Instant requestedAt,
        boolean closed,
        @Nullable Answer latest) {

    enum Status {
        MISSING,
        CONFIRMED,
        CONTRADICTED,
        NOT_FOUND,
        /** Not confirmed, and accepted with a recorded reason. */
        ACCEPTED
    }
}
