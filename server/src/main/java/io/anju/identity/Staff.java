package io.anju.identity;

import io.anju.platform.http.Office;
import java.util.Set;
import java.util.UUID;

/** A member of staff and the office it acts for. */
public record Staff(UUID id, String username, String displayName, Office office, Set<Role> roles) {
    public Staff {
        roles = Set.copyOf(roles);
    }
}
