package io.anju.complaint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.anju.policy.ComplaintKind;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A complaint, report or petition.
 *
 * @param joinable whether others may join it
 * @param policyDigest the rules whose clocks it goes by, fixed when it was filed
 * @param residentId who filed it; null where nobody gave a name
 * @param objectionId the objection to a notice that it quotes
 * @param sealed what was written, as {@link Content}
 * @param clock what runs; null where nobody owes an answer
 */
record Complaint(
        UUID id,
        String number,
        String cityCode,
        ComplaintKind kind,
        String category,
        boolean joinable,
        String policyDigest,
        @Nullable UUID residentId,
        @Nullable Subject subject,
        @Nullable UUID objectionId,
        Buffer sealed,
        Standing standing,
        long version,
        int supporters,
        LocalDate filedOn,
        Instant filedAt,
        @Nullable Running clock) {

    ComplaintState state() {
        return standing.state();
    }

    boolean isReport() {
        return kind == ComplaintKind.REPORT;
    }

    boolean isPetition() {
        return kind == ComplaintKind.PETITION;
    }

    /** The application that it is about. */
    Optional<UUID> applicationId() {
        return Optional.ofNullable(subject)
                .filter(about -> about.type() == SubjectType.APPLICATION)
                .map(Subject::id);
    }

    enum SubjectType {
        APPLICATION,
        NOTICE,
        LEASE,
        HOME,
        PAYMENT,
        OFFICE,
        PERSON;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static SubjectType of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }

        boolean isThing() {
            return this != OFFICE && this != PERSON;
        }
    }

    /** @param id of a thing; null for an office or a person, whom {@link Content} names */
    record Subject(SubjectType type, @Nullable UUID id) {}

    /** What was written, kept sealed. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Content(
            String text,
            @Nullable String contact,
            @Nullable String personName,
            @Nullable OfficeRef office) {}

    enum Stage {
        ACCEPT,
        HANDLE,
        REVIEW;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Stage of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** @param dueOn the last day; overdue from the day after */
    record Running(UUID id, Stage stage, LocalDate dueOn, LocalDate warnOn) {}
}
