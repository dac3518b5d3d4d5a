package io.anju.identity;

import io.anju.platform.http.Office;
import java.util.Set;
import java.util.UUID;

/**
 * A member of staff and the office it acts for.
 *
 * @param hasTotp whether a log-in needs a one-time password from an app
 * @param mustChangePassword whether its password is good once, for nothing but choosing another
 */
public record Staff(
        UUID id,
        String username,
        String displayName,
        Office office,
        Set<Role> roles,
        boolean hasTotp,
        boolean mustChangePassword) {
    public Staff {
        roles = Set.copyOf(roles);
    }
}
