package io.anju.sdk;

import io.anju.sdk.api.IdentityApi;
import io.anju.sdk.model.IssuePartnerTokenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** A partner's access tokens: fetched by a secret or by a key, kept until shortly before they end. */
final class PartnerTokens implements TokenSource {
    /** Clocks differ and calls take time: a token this close to its end counts as over. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final IdentityApi identity;
    private final Supplier<IssuePartnerTokenRequest> proof;
    private String token = "";
    private Instant renewAt = Instant.MIN;

    /** @param proof asked anew for each token: an assertion is good once */
    private PartnerTokens(Transport anonymous, Supplier<IssuePartnerTokenRequest> proof) {
        this.identity = new IdentityApi(anonymous);
        this.proof = proof;
    }

    static PartnerTokens bySecret(Transport anonymous, String clientId, String clientSecret) {
        return new PartnerTokens(
                anonymous,
                () -> new IssuePartnerTokenRequest().clientId(clientId).clientSecret(clientSecret));
    }

    static PartnerTokens byKey(Transport anonymous, String clientId, ClientAssertion assertion) {
        return new PartnerTokens(
                anonymous,
                () -> new IssuePartnerTokenRequest().clientId(clientId).clientAssertion(assertion.sign(Instant.now())));
    }

    @Override
    public synchronized String token(String refused) {
        if (token.isEmpty() || token.equals(refused) || Instant.now().isAfter(renewAt)) {
            var issued = identity.issuePartnerToken(proof.get());
            token = issued.getAccessToken();
            renewAt = issued.getExpiresAt().toInstant().minus(MARGIN);
        }
        return token;
    }
}
