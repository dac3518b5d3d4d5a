package io.anju.platform.http;

import io.vertx.core.Future;
import java.time.Instant;

/** Tells who a bearer token belongs to. */
public interface Authenticator {
    /**
     * Gives the caller, or fails with a refusal ({@code unauthenticated}, {@code token-expired}). A verdict that is
     * remembered comes back as a completed future, so that the hot path waits for nothing.
     */
    Future<Caller> authenticate(String bearerToken, Instant now);
}
