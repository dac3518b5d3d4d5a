package io.anju.proxy;

import io.anju.platform.http.Authenticator;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Operation;
import io.anju.platform.http.ResidentCaller;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;

/** Tokens as identity knows them, and proxies as they are known here. */
public record ActingAuthenticator(Authenticator tokens, ProxyService proxies) implements Authenticator {
    @Override
    public Future<Caller> authenticate(String bearerToken, Instant now) {
        return tokens.authenticate(bearerToken, now);
    }

    @Override
    public void requireAddress(Caller caller, String address) {
        tokens.requireAddress(caller, address);
    }

    @Override
    public OptionalInt agreedRequestsPerMinute(Caller caller) {
        return tokens.agreedRequestsPerMinute(caller);
    }

    @Override
    public Future<Caller> represent(ResidentCaller caller, UUID grantId, Operation operation, Instant now) {
        return proxies.represent(caller, grantId, operation, now);
    }
}
