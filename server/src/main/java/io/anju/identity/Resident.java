package io.anju.identity;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resident's account.
 *
 * @param person the person it is bound to; none before {@code bindIdentity}
 * @param logIns the ways it can log in
 */
public record Resident(UUID id, Instant createdAt, @Nullable BoundPerson person, List<LogIn> logIns) {
    public Resident {
        logIns = List.copyOf(logIns);
    }

    /** The person behind an account. Personal data in clear: mask it before it is shown. */
    public record BoundPerson(String name, NationalId nationalId, Instant boundAt) {
        /** Masked, so that a person who reaches a log by accident stays unknown. */
        @Override
        public String toString() {
            return nationalId.masked();
        }
    }

    /**
     * A way to log in.
     *
     * @param value the openid, or the phone number in E.164: personal data
     */
    public record LogIn(Kind kind, String value) {
        public enum Kind {
            WECHAT,
            PHONE;

            /** As in the database. */
            String id() {
                return name().toLowerCase(Locale.ROOT);
            }

            static Kind of(String id) {
                return valueOf(id.toUpperCase(Locale.ROOT));
            }
        }

        @Override
        public String toString() {
            return kind.name();
        }
    }

    public boolean isBound() {
        return person != null;
    }

    /** The phone number in E.164 that this account logs in with. */
    public Optional<String> phone() {
        return logIns.stream()
                .filter(logIn -> logIn.kind() == LogIn.Kind.PHONE)
                .map(LogIn::value)
                .findFirst();
    }
}
