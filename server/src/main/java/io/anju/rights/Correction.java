package io.anju.rights;

import io.anju.platform.http.Caller;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A resident's request to put right what is held about them (个人信息保护法 art. 46), or a contact that they changed.
 *
 * @param subjectId null for the name of the account
 * @param place who decides, and on whose household
 * @param proxy masked name of who asked for the resident
 * @param dueOn until when it is answered; null of a contact, which takes no answer
 */
record Correction(
        UUID id,
        UUID residentId,
        Subject subject,
        @Nullable UUID subjectId,
        Place place,
        String maskedName,
        @Nullable String proxy,
        Content content,
        State state,
        Instant requestedAt,
        @Nullable LocalDate dueOn,
        @Nullable Ending ending) {

    enum Subject {
        IDENTITY,
        CONTACT,
        APPLICATION,
        REGISTRATION,
        LEASE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Subject of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** The table {@code rights.correction_move} holds the same pairs; a test compares both. */
    enum State {
        REQUESTED,
        UPHELD,
        REFUSED,
        WITHDRAWN;

        private static final Map<State, Set<State>> LEGAL_MOVES =
                Map.of(REQUESTED, EnumSet.of(UPHELD, REFUSED, WITHDRAWN));

        Set<State> nextStates() {
            return Set.copyOf(LEGAL_MOVES.getOrDefault(this, Set.of()));
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Whose it is to decide.
     *
     * @param areaCode the offices of which this area is a part decide
     * @param household the application or registration whose members must not decide; null where there is none
     */
    record Place(String cityCode, String areaCode, @Nullable UUID household) {
        /** Decided by the city itself. */
        static Place ofCity(String cityCode) {
            return new Place(cityCode, cityCode.substring(0, 4), null);
        }
    }

    /** What was written; of a contact only the last two, of everything else only the others. */
    record Content(
            String item,
            @Nullable String stated,
            @Nullable String correct,
            @Nullable String reason,
            @Nullable String evidence,
            @Nullable String phone,
            @Nullable String addressLine) {
        static Content contact(@Nullable String phone, @Nullable String addressLine) {
            return new Content("contact", null, null, null, null, phone, addressLine);
        }

        @Override
        public String toString() {
            return "the content of a correction";
        }
    }

    /** What a decision says. */
    record Reason(String finding, String basis, String evidenceNumber, String remedy) {}

    /** How it ended; without an office where the resident ended it. */
    record Ending(
            Instant at, @Nullable String office, @Nullable Reason reason) {}

    static @Nullable String proxyOf(Caller caller) {
        var proxy = caller.proxy();
        return proxy == null ? null : proxy.maskedName();
    }
}
