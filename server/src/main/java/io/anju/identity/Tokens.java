package io.anju.identity;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A session's tokens as its owner gets them: secret. */
record Tokens(
        UUID id,
        String accessToken,
        Instant expiresAt,
        String refreshToken,
        Instant refreshExpiresAt,
        Set<String> scopes) {
    @Override
    public String toString() {
        return id.toString();
    }
}
