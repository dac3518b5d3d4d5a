package io.anju.simulation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A trial of rules on the households of a city, and how far it is.
 *
 * @param digest of the rules that are tried
 * @param proposalId null where they are in force already
 * @param baselineDigest of the rules that order the list now
 * @param registerVersion the register's facts up to this number are the snapshot
 * @param lastSequence the last household that was evaluated
 * @param slice number of the piece of work that is due next
 * @param report what was found; null until it is done
 */
record Simulation(
        UUID id,
        String cityCode,
        String programme,
        String digest,
        @Nullable UUID proposalId,
        String baselineDigest,
        LocalDate asOf,
        Instant requestedAt,
        Instant expiresAt,
        long registerVersion,
        int households,
        int evaluated,
        long lastSequence,
        int slice,
        State state,
        @Nullable Instant finishedAt,
        @Nullable SimulationReport report) {

    /** The same trial with so many more households behind it. */
    Simulation advanced(long upTo, int more, int nextSlice) {
        return new Simulation(
                id,
                cityCode,
                programme,
                digest,
                proposalId,
                baselineDigest,
                asOf,
                requestedAt,
                expiresAt,
                registerVersion,
                households,
                evaluated + more,
                upTo,
                nextSlice,
                state,
                finishedAt,
                report);
    }

    enum State {
        RUNNING,
        DONE,
        FAILED;

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** The way in which rules affect a household. */
    enum Effect {
        ELIGIBILITY_LOST,
        ELIGIBILITY_GAINED,
        MOVED_UP,
        MOVED_DOWN,
        UNMOVED;

        /** The name that the database keeps. */
        String id() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Effect of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /** What rules would change for one household; the sequence is its number on the list. */
    record Change(
            long sequence,
            String receiptNumber,
            String maskedName,
            Effect effect,
            boolean eligibleBefore,
            boolean eligibleAfter,
            String scoreBefore,
            String scoreAfter,
            int rankBefore,
            int rankAfter,
            int moved,
            String lostBy) {}

    /** Where a page of changes ended: the biggest moves come first. */
    record ChangePlace(int moved, long sequence) {}
}
