package io.anju.identity;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resident's account.
 *
 * @param person the person it is bound to; none before {@code bindIdentity}
 * @param logInKinds the ways it can log in, each once
 * @param phone the number in E.164 that it logs in with; none where it has no such way
 */
public record Resident(
        UUID id,
        Instant createdAt,
        @Nullable BoundPerson person,
        List<LogIn.Kind> logInKinds,
        @Nullable String phone) {
    public Resident {
        logInKinds = List.copyOf(logInKinds);
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
            PHONE("phone"),
            WECHAT("wechat");

            private final String id;

            Kind(String id) {
                this.id = id;
            }

            /** As in the database. */
            String id() {
                return id;
            }

            static Kind of(String id) {
                return id.equals(WECHAT.id) ? WECHAT : valueOf(id.toUpperCase(Locale.ROOT));
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

    /** Whether this is the name of the person that it is bound to, both as {@link RealName} writes names. */
    boolean isCalled(String name) {
        return person != null && person.name().equals(name);
    }
}
