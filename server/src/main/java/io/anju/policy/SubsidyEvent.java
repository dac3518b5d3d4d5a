package io.anju.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a household that gets a subsidy.
 *
 * @param on the day it was declared, found or ran out; of a stretch of time its last day
 * @param since the first day of what it is about, e.g. since when nobody lives there; null where no rule asks
 * @param monthlyFen the new subsidy of a declared change; null for every other event
 */
public record SubsidyEvent(
        Kind kind,
        LocalDate on,
        @Nullable LocalDate since,
        @Nullable Long monthlyFen) {

    /** What can happen; a document says what follows. */
    public enum Kind {
        /** The household itself says that it is not eligible any more. */
        LOSS_DECLARED,
        /** The household itself says that its facts have changed. */
        CHANGE_DECLARED,
        /** The day passed on which the yearly declaration was due. */
        DECLARATION_MISSED,
        DECLARATION_MADE_UP,
        /** The authority found out what the household had not said. */
        FOUND_BY_AUTHORITY,
        FALSE_PAPERS,
        NOT_LIVING_THERE,
        /** The household's own share of the rent was unpaid from the first to the last day. */
        OWN_SHARE_UNPAID,
        /** A new decision says that the household is eligible again. */
        QUALIFIED_AGAIN
    }

    public SubsidyEvent {
        if (since != null && since.isAfter(on)) {
            throw new IllegalArgumentException("an event begins before it ends: " + since + " lies after " + on);
        }
        if (monthlyFen != null && monthlyFen < 0) {
            throw new IllegalArgumentException("a subsidy is never negative");
        }
    }
}
