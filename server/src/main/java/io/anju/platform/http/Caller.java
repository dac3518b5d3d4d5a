package io.anju.platform.http;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as the token says it.
 *
 * <p>Whose things they may ask about is said by the subclasses, which the generated routes make of it as the contract
 * declares ({@code x-anju-owner}): what needs an account, an office or an agency takes one of those, and cannot be
 * called with anybody else.
 */
public sealed class Caller permits KnownCaller {
    public static final Caller ANONYMOUS = new Caller(Kind.ANONYMOUS, null, Set.of(), null, null, null);
    public static final Caller SYSTEM = new Caller(Kind.SYSTEM, null, Set.of(), null, null, null);

    private final Kind kind;
    private final @Nullable UUID id;
    private final Set<String> scopes;
    private final @Nullable UUID sessionId;
    private final @Nullable Office office;
    private final @Nullable Agency agency;
    private final @Nullable Proxy proxy;

    /**
     * @param id the resident, member of staff or partner; none for {@link Kind#ANONYMOUS} and {@link Kind#SYSTEM}
     * @param scopes what the token allows
     * @param office only for staff
     * @param agency only for partners
     * @param proxy who acts, where it is not the resident themself: then {@code id} is the represented
     */
    Caller(
            Kind kind,
            @Nullable UUID id,
            Set<String> scopes,
            @Nullable UUID sessionId,
            @Nullable Office office,
            @Nullable Agency agency,
            @Nullable Proxy proxy) {
        this.kind = kind;
        this.id = id;
        this.scopes = scopes;
        this.sessionId = sessionId;
        this.office = office;
        this.agency = agency;
        this.proxy = proxy;
    }

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

    Caller(Caller same) {
        this(same.kind, same.id, same.scopes, same.sessionId, same.office, same.agency, same.proxy);
    }

    /**
     * Somebody who acts for a resident.
     *
     * @param grantId what allows it
     * @param residentId the account of who acts
     * @param maskedName as timelines show it
     */
    public record Proxy(UUID grantId, UUID residentId, String maskedName) {}

    public enum Kind {
        ANONYMOUS,
        RESIDENT,
        STAFF,
        PARTNER,
        SYSTEM
    }

    public Kind kind() {
        return kind;
    }

    public @Nullable UUID id() {
        return id;
    }

    public Set<String> scopes() {
        return scopes;
    }

    public @Nullable UUID sessionId() {
        return sessionId;
    }

    public @Nullable Office office() {
        return office;
    }

    public @Nullable Agency agency() {
        return agency;
    }

    public @Nullable Proxy proxy() {
        return proxy;
    }

    /** The account of who acts for the resident; null where it is the resident themself. */
    public @Nullable UUID proxyId() {
        return proxy == null ? null : proxy.residentId();
    }

    /** The same caller in the place of a resident whom they act for. */
    public Caller actingFor(UUID represented, Proxy as) {
        return new Caller(kind, represented, scopes, sessionId, office, agency, as);
    }
}
