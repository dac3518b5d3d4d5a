package io.anju.identity;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Whether a refresh token may be exchanged. */
final class SessionPolicy {
    /** How long a lost answer may be asked for again. */
    static final Duration RETRY = Duration.ofSeconds(30);

    private SessionPolicy() {}

    /** What is known of a refresh token when it is handed in. */
    record TokenState(
            Instant expiresAt,
            Instant sessionExpiresAt,
            boolean sessionEnded,
            @Nullable Instant usedAt,
            boolean successorUsed) {}

    enum Verdict {
        /** Unused: gives a successor. */
        FRESH,
        /** Used just now, and its successor not yet: gives the same successor again. */
        RETRY,
        /** Used before: somebody holds a copy, and nobody can tell who. */
        REUSED,
        /** Expired, or its session is over. */
        DEAD
    }

    /**
     * Judges a token (RFC 9700 §4.14.2). Only the immediately previous token may be retried, and only until its
     * successor is used; any older one has a successor that is used.
     */
    static Verdict judge(TokenState token, Instant now) {
        if (token.sessionEnded() || !now.isBefore(token.sessionExpiresAt())) {
            return Verdict.DEAD;
        }
        var usedAt = token.usedAt();
        if (usedAt == null) {
            return now.isBefore(token.expiresAt()) ? Verdict.FRESH : Verdict.DEAD;
        }
        return !token.successorUsed() && !now.isAfter(usedAt.plus(RETRY)) ? Verdict.RETRY : Verdict.REUSED;
    }
}
