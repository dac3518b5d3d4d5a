package io.anju.sdk;

import io.anju.sdk.api.IdentityApi;
import io.anju.sdk.model.IssuePartnerTokenRequest;
import java.time.Duration;
import java.time.Instant;

/** A partner's access tokens: fetched by client id and secret, kept until shortly before they end. */
final class PartnerTokens implements TokenSource {
    /** Clocks differ and calls take time: a token this close to its end counts as over. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final IdentityApi identity;
    private final String clientId;
    private final String clientSecret;
    private String token = "";
    private Instant renewAt = Instant.MIN;

    PartnerTokens(Transport anonymous, String clientId, String clientSecret) {
        this.identity = new IdentityApi(anonymous);
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    @Override
    public synchronized String token(String refused) {
        if (token.isEmpty() || token.equals(refused) || Instant.now().isAfter(renewAt)) {
            var issued = identity.issuePartnerToken(
                    new IssuePartnerTokenRequest().clientId(clientId).clientSecret(clientSecret));
            token = issued.getAccessToken();
            renewAt = issued.getExpiresAt().toInstant().minus(MARGIN);
        }
        return token;
    }
}
