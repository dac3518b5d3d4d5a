package io.anju.identity;

import io.anju.platform.db.Ids;
import io.anju.platform.http.Agency;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A partner agency's program.
 *
 * @param networks from where it comes, in CIDR notation; none means from anywhere
 * @param terms what was agreed beside that
 */
public record Partner(UUID id, String clientId, Agency agency, Set<String> scopes, List<String> networks, Terms terms) {
    /**
     * What is agreed with an agency.
     *
     * @param purpose what its program may use the data for; kept in the audit with each token
     * @param requestsPerMinute none: as the setting says
     */
    public record Terms(@Nullable String purpose, @Nullable Integer requestsPerMinute) {
        public static final Terms NONE = new Terms(null, null);
    }

    public Partner {
        scopes = Set.copyOf(scopes);
        networks = List.copyOf(networks);
    }

    /** A program that is not stored yet. */
    public static Partner make(
            String clientId, Agency agency, Set<String> scopes, List<String> networks, Terms terms, Instant now) {
        return new Partner(Ids.next(now), clientId, agency, scopes, networks, terms);
    }

    boolean mayComeFrom(String address) {
        return networks.isEmpty()
                || networks.stream().map(Network::parse).anyMatch(network -> network.contains(address));
    }
}
