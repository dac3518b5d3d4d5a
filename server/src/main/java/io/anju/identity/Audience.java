package io.anju.identity;

import io.anju.platform.http.Caller;
import java.time.Duration;
import java.util.Locale;

/** Whom a token is for; the first word of every scope in it. */
enum Audience {
    /** A month without use ends the log-in of a mini-program; a year ends every log-in. */
    RESIDENT(Caller.Kind.RESIDENT, "anju-resident", Duration.ofDays(30), Duration.ofDays(365)),
    /** A working day. */
    STAFF(Caller.Kind.STAFF, "anju-staff", Duration.ofHours(12), Duration.ofHours(12)),
    /** No refresh: a session lasts as long as its one access token. */
    PARTNER(Caller.Kind.PARTNER, "anju-partner", Duration.ZERO, AccessTokens.LIFETIME);

    private final Caller.Kind callerKind;
    private final String clientId;
    private final Duration idleLimit;
    private final Duration wholeLimit;

    Audience(Caller.Kind callerKind, String clientId, Duration idleLimit, Duration wholeLimit) {
        this.callerKind = callerKind;
        this.clientId = clientId;
        this.idleLimit = idleLimit;
        this.wholeLimit = wholeLimit;
    }

    /** As in tokens and in the database. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Audience of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    Caller.Kind callerKind() {
        return callerKind;
    }

    /** The OAuth client that tokens of this audience are given to, where it is one of our own. */
    String clientId() {
        return clientId;
    }

    /** How long a refresh token may lie unused. */
    Duration idleLimit() {
        return idleLimit;
    }

    /** How long a session may last, refreshed or not. */
    Duration wholeLimit() {
        return wholeLimit;
    }
}
