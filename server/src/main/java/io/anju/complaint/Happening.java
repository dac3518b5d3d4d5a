package io.anju.complaint;

import io.anju.platform.http.AreaCaller;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a complaint, only ever added.
 *
 * @param staffId only for staff; never told to whoever filed it
 * @param reason a word of the contract
 * @param inside for offices only
 */
record Happening(
        UUID id,
        Kind kind,
        Instant at,
        Actor actor,
        @Nullable UUID staffId,
        @Nullable String office,
        @Nullable String reason,
        @Nullable String text,
        boolean inside) {

    enum Kind {
        FILED,
        ADDED,
        ATTACHED,
        ACCEPTED,
        REFUSED,
        TRANSFERRED,
        ASSIGNED,
        OFFICE_ADDED,
        OPINION,
        REPLIED,
        EXTENDED,
        CLOSED,
        RATED,
        REOPENED,
        REVIEW_REQUESTED,
        WITHDRAWN,
        SUPERVISED,
        VISITED,
        NAMED,
        WARNED,
        OVERDUE;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** Under which those who follow events are told; nobody is of what stays inside, nor of any report. */
        String topic() {
            return "complaint." + id();
        }

        /** What an office does among its own. */
        boolean isInside() {
            return this == ASSIGNED || this == OFFICE_ADDED || this == OPINION || this == NAMED;
        }
    }

    enum Actor {
        RESIDENT,
        STAFF,
        SYSTEM,
        ANONYMOUS;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Actor of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** What is to be noted, before it has an id and a time. */
    record Note(
            Kind kind,
            Actor actor,
            @Nullable UUID staffId,
            @Nullable String office,
            @Nullable String reason,
            @Nullable String text) {

        static Note ofFiler(Kind kind, @Nullable String reason, @Nullable String text) {
            return new Note(kind, Actor.RESIDENT, null, null, reason, text);
        }

        static Note ofStaff(AreaCaller caller, Kind kind, @Nullable String reason, @Nullable String text) {
            return new Note(kind, Actor.STAFF, caller.id(), caller.office().name(), reason, text);
        }

        Happening happened(UUID id, Instant at) {
            return new Happening(id, kind, at, actor, staffId, office, reason, text, kind.isInside());
        }
    }
}
