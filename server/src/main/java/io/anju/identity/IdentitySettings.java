package io.anju.identity;

import io.anju.platform.config.Settings;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the identity domain must be told.
 *
 * @param issuer the {@code iss} of our tokens: the address under which this deployment is reached
 * @param totpRoles the roles of staff that must log in with an authenticator app as well
 */
public record IdentitySettings(String issuer, Settings.WeChat weChat, Settings.Sms sms, Set<Role> totpRoles) {
    private static final Set<String> EVERY_ROLE = Set.of("all");

    public IdentitySettings {
        totpRoles = Set.copyOf(totpRoles);
    }

    /** The settings of a deployment; fails where they name a role that there is none of. */
    public static IdentitySettings of(String issuer, Settings settings) {
        return new IdentitySettings(
                issuer,
                settings.weChat(),
                settings.sms(),
                settings.totpRoles().equals(EVERY_ROLE)
                        ? EnumSet.allOf(Role.class)
                        : settings.totpRoles().stream().map(Role::of).collect(Collectors.toSet()));
    }
}
