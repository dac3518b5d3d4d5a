package io.anju.platform.http;

import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param id the resident, member of staff or partner; none for {@link Kind#ANONYMOUS} and {@link Kind#SYSTEM}
 * @param scopes what the token allows
 * @param office only for staff
 * @param agency only for partners
 * @param proxy who acts, where it is not the resident themself: then {@code id} is the represented
 */
public record Caller(
        Kind kind,
        @Nullable UUID id,
        Set<String> scopes,
        @Nullable UUID sessionId,
        @Nullable Office office,
        @Nullable Agency agency,
        @Nullable Proxy proxy) {
    public static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, null, Set.of(), null, null, null);
    public static final Caller SYSTEM = new Caller(Kind.SYSTEM, null, Set.of(), null, null, null);

    /** Somebody who acts for themself. */
    public Caller(
            Kind kind,
            @Nullable UUID id,
            Set<String> scopes,
            @Nullable UUID sessionId,
            @Nullable Office office,
            @Nullable Agency agency) {
        this(kind, id, scopes, sessionId, office, agency, null);
    }

    /**
     * Somebody who acts for a resident.
     *
     * @param grantId what allows it
     * @param residentId the account of who acts
     * @param maskedName as timelines show it
     */
    public record Proxy(UUID grantId, UUID residentId, String maskedName) {}

    /** The account of who really acts: the proxy where there is one, otherwise as {@link #requireId}. */
    public UUID requireActor() {
        return proxy == null ? requireId() : proxy.residentId();
    }

    /** The account of who acts for the resident; null where it is the resident themself. */
    public @Nullable UUID proxyId() {
        return proxy == null ? null : proxy.residentId();
    }

    /** The same caller in the place of a resident whom they act for. */
    public Caller actingFor(UUID represented, Proxy as) {
        return new Caller(kind, represented, scopes, sessionId, office, agency, as);
    }

    public enum Kind {
        ANONYMOUS,
        RESIDENT,
        STAFF,
        PARTNER,
        SYSTEM
    }

    /** The id, for operations that only a known caller reaches; refuses with 401 where there is none. */
    public UUID requireId() {
        if (id == null) {
            throw Refusal.of(PlatformProblem.UNAUTHENTICATED);
        }
        return id;
    }

    /** The office, for staff operations; refuses with 403 where there is none. */
    public Office requireOffice() {
        if (office == null) {
            throw Refusal.of(PlatformProblem.FORBIDDEN);
        }
        return office;
    }

    /** The agency, for partners' operations; refuses with 403 where there is none. */
    public Agency requireAgency() {
        if (agency == null) {
            throw Refusal.of(PlatformProblem.FORBIDDEN);
        }
        return agency;
    }
}
