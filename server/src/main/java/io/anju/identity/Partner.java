package io.anju.identity;

import io.anju.platform.http.Agency;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A partner agency's program.
 *
 * @param networks from where it gets its tokens, in CIDR notation; none means from anywhere
 */
public record Partner(UUID id, String clientId, Agency agency, Set<String> scopes, List<String> networks) {
    public Partner {
        scopes = Set.copyOf(scopes);
        networks = List.copyOf(networks);
    }

    boolean mayComeFrom(String address) {
        return networks.isEmpty()
                || networks.stream().map(Network::parse).anyMatch(network -> network.contains(address));
    }
}
