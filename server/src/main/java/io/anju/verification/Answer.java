package io.anju.verification;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an agency says about one fact; never changed, only followed by another.
 *
 * @param number 1 for the first answer to its request; the highest counts
 * @param asOf the day that the answer speaks of
 */
public record Answer(
        UUID id,
        UUID requestId,
        int number,
        Result result,
        LocalDate asOf,
        Content content,
        Source source,
        UUID answeredBy,
        Instant answeredAt) {

    public enum Result {
        /** As declared (相符). */
        CONFIRMED,
        /** The agency holds something else (不符). */
        CONTRADICTED,
        /** The agency holds nothing about it (查无记录). */
        NOT_FOUND;

        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Result of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public enum Source {
        STAFF,
        AGENCY;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Source of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * The part that speaks of the household, kept sealed.
     *
     * @param statedValue what the agency holds, in the notation of the fact
     * @param overrideReason why a reviewer accepts the declaration although the answer does not confirm it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Content(
            String evidenceNumber,
            @Nullable String statedValue,
            @Nullable String overrideReason) {}

    /** An answer as it is handed in. */
    public record Draft(Result result, LocalDate asOf, Content content) {}
}
