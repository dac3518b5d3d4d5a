package io.anju.proxy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody may act for somebody else (委托).
 *
 * @param proxyId none while an offer is not taken
 * @param groups as the contract names them in {@code x-anju-proxy}
 * @param expiresOn the last day on which the proxy may act
 * @param recorded only where an office recorded it
 */
record Mandate(
        UUID id,
        UUID representedId,
        @Nullable UUID proxyId,
        Kind kind,
        List<String> groups,
        State state,
        String maskedRepresentedName,
        @Nullable String maskedProxyName,
        Instant appointedAt,
        LocalDate expiresOn,
        @Nullable Instant endedAt,
        @Nullable Recorded recorded) {
    Mandate {
        groups = List.copyOf(groups);
    }

    /** What an office wrote down with it. */
    record Recorded(
            UUID by,
            String cityCode,
            String areaCode,
            String reason,
            @Nullable String evidenceNumber) {}

    enum Kind {
        RELATIVE(1, 5),
        /** 监护人. */
        GUARDIAN(3, 5),
        /** 社区工作人员. */
        COMMUNITY_WORKER(1, 30);

        private final int years;
        private final int mostRepresented;

        Kind(int years, int mostRepresented) {
            this.years = years;
            this.mostRepresented = mostRepresented;
        }

        /** How many years ahead it may reach. */
        int years() {
            return years;
        }

        /** For how many people one proxy of this kind may act at a time. */
        int mostRepresented() {
            return mostRepresented;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    enum State {
        OFFERED,
        PROPOSED,
        ACTIVE,
        ENDED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }
}
