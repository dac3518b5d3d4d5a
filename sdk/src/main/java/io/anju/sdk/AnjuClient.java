package io.anju.sdk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way in: one client for the life of a program, safe to share between threads.
 *
 * <pre>{@code
 * var anju = AnjuClient.builder("https://anju.example.gov.cn")
 *         .partner(clientId, clientSecret)
 *         .build();
 * var open = anju.api(VerificationApi::new).listVerificationRequests(null, null, null);
 * }</pre>
 *
 * <p>Reads and writes are tried again on lost connections and busy servers; a write keeps one idempotency key over all
 * its tries. A refusal is thrown as {@link AnjuProblem}, silence as {@link AnjuUnreachable}.
 */
public final class AnjuClient {
    private final Transport transport;

    private AnjuClient(Transport transport) {
        this.transport = transport;
    }

    /** Takes the server's address without a path, e.g. {@code https://anju.example.gov.cn}. */
    public static Builder builder(String baseUri) {
        return new Builder(URI.create(baseUri));
    }

    /** Gives a generated class of operations that uses this client, e.g. {@code api(PublicityApi::new)}. */
    public <A> A api(Function<Transport, A> constructor) {
        return constructor.apply(transport);
    }

    /** The same connections for somebody else's token: a back end that acts for many residents. */
    public AnjuClient as(TokenSource tokens) {
        return new AnjuClient(transport.withTokens(tokens));
    }

    /** Settings of a client; what is not set has a default that suits most. */
    public static final class Builder {
        private final URI baseUri;
        private @Nullable TokenSource tokens;
        private @Nullable Function<Transport, TokenSource> partner;
        private CallOptions defaults = CallOptions.none();
        private Duration connectTimeout = Duration.ofSeconds(5);
        private int tries = 4;

        private Builder(URI baseUri) {
            this.baseUri = baseUri;
        }

        /** A partner agency's client id and secret; tokens are fetched and renewed as needed. */
        public Builder partner(String clientId, String clientSecret) {
            partner = anonymous -> PartnerTokens.bySecret(anonymous, clientId, clientSecret);
            return this;
        }

        /**
         * A partner agency's client id and the private key (P-256, Ed25519 or RSA) whose public part was registered
         * under this key id; nothing secret ever leaves this program. The client's address must be the one that the
         * deployment calls its own.
         */
        public Builder partner(String clientId, String keyId, PrivateKey key) {
            var assertion = new ClientAssertion(
                    clientId, keyId, key, baseUri.resolve("/v1/partner-tokens").toString());
            partner = anonymous -> PartnerTokens.byKey(anonymous, clientId, assertion);
            return this;
        }

        /** Where tokens come from otherwise, e.g. {@link TokenSource#fixed}. */
        public Builder tokens(TokenSource source) {
            tokens = source;
            return this;
        }

        /** Language and timeout of every call that does not say otherwise. */
        public Builder defaults(CallOptions options) {
            defaults = options;
            return this;
        }

        public Builder connectTimeout(Duration timeout) {
            connectTimeout = timeout;
            return this;
        }

        /** How often a call is sent at most, the first time included; at least 1. */
        public Builder tries(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("tries must be at least 1, not " + most);
            }
            tries = most;
            return this;
        }

        public AnjuClient build() {
            var http = HttpClient.newBuilder()
                    .connectTimeout(connectTimeout)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
            var anonymous = new Transport(http, json(), baseUri, null, defaults, CallOptions.none(), tries);
            if (partner != null) {
                return new AnjuClient(anonymous.withTokens(partner.apply(anonymous)));
            }
            return new AnjuClient(tokens == null ? anonymous : anonymous.withTokens(tokens));
        }

        /** Fields that a newer server adds are passed over: the contract grows by addition only. */
        static ObjectMapper json() {
            return new ObjectMapper()
                    .registerModule(new JavaTimeModule())
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                    .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
                    .setSerializationInclusion(JsonInclude.Include.NON_NULL);
        }
    }
}
