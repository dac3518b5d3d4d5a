package io.anju.identity;

import io.anju.platform.http.Office;
import java.util.Set;

/** Who may give which role to whom. */
final class StaffPolicy {
    private StaffPolicy() {}

    /** Whether the digits of an area are those of an office of this level. */
    static boolean fits(String level, String areaCode) {
        return Office.areaOf(level, "0".repeat(12)).length() == areaCode.length();
    }

    /**
     * Whether an administrator may give these roles to an account of that office, and so may change an account that has
     * them: administrators are made by those above them, auditors by a city alone, so that nobody raises themself or
     * takes over a peer.
     */
    static boolean mayGive(Office administrator, Office other, Set<Role> roles) {
        var isAbove = other.areaCode().length() > administrator.areaCode().length();
        return (!roles.contains(Role.ADMINISTRATOR) || isAbove)
                && (!roles.contains(Role.AUDITOR) || administrator.level().equals("city"));
    }
}
