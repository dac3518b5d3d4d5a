package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.UUID;

/** Tells who a bearer token belongs to, and whom they act for. */
public interface Authenticator {
    /**
     * Gives the caller, or fails with a refusal ({@code unauthenticated}, {@code token-expired}). A verdict that is
     * remembered comes back as a completed future, so that the hot path waits for nothing.
     */
    Future<Caller> authenticate(String bearerToken, Instant now);

    /**
     * Gives the caller in the place of the resident whom they act for, for one request of this operation; fails with
     * {@code proxy-not-valid} where nothing allows it. Nothing of this is remembered: what was ended a moment ago,
     * anywhere, is over.
     */
    default Future<Caller> represent(ResidentCaller caller, UUID grantId, Operation operation, Instant now) {
        return Refusal.failed(PlatformProblem.PROXY_NOT_VALID);
    }

    /** Refuses a caller that comes from an address which was not agreed with it. */
    default void requireAddress(Caller caller, String address) {}

    /** How many requests in a minute were agreed with this caller; none: as the setting says. */
    default OptionalInt agreedRequestsPerMinute(Caller caller) {
        return OptionalInt.empty();
    }
}
