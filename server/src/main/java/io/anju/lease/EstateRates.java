package io.anju.lease;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a ㎡ of an estate costs in a month, in fen; null for a figure that is not known.
 *
 * @param to last day for which they are known; null where they hold on
 */
record EstateRates(
        @Nullable Long projectStandardFen,
        @Nullable Long marketRentFen,
        @Nullable LocalDate to) {
    static final EstateRates UNKNOWN = new EstateRates(null, null, null);
}
