package io.anju.identity;

import io.anju.platform.http.Agency;
import java.util.Set;
import java.util.UUID;

/** A partner agency's program. */
public record Partner(UUID id, String clientId, Agency agency, Set<String> scopes) {
    public Partner {
        scopes = Set.copyOf(scopes);
    }
}
