package io.anju.reconciliation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of one day.
 *
 * @param number counts the comparisons of the day
 * @param requestedBy null for the daily one
 * @param failure why it was given up
 * @param result what was found; null until it is done
 */
record Run(
        UUID id,
        String channel,
        LocalDate billDate,
        int number,
        @Nullable UUID requestedBy,
        Instant requestedAt,
        State state,
        Stage stage,
        @Nullable String failure,
        @Nullable Instant finishedAt,
        @Nullable Result result) {

    enum State {
        RUNNING,
        DONE,
        FAILED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** What is due next; what was done before it is not done again. */
    enum Stage {
        FETCH,
        GATHER,
        COMPARE;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Stage of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * What a comparison came to.
     *
     * @param valueFen of everything that either side lists
     * @param verifiedFen of that, what both sides list alike
     * @param found the differences, new ones and known ones
     */
    record Result(int lines, long valueFen, long verifiedFen, int found) {
        /** From 0.0000 to 1.0000; a day without any money is verified. */
        BigDecimal verifiedShare() {
            return share(verifiedFen, valueFen);
        }

        static BigDecimal share(long verifiedFen, long valueFen) {
            return valueFen == 0
                    ? BigDecimal.ONE.setScale(4)
                    : BigDecimal.valueOf(verifiedFen).divide(BigDecimal.valueOf(valueFen), 4, RoundingMode.DOWN);
        }
    }
}
