package io.anju.waitinglist;

import io.anju.waitinglist.Registration.ListKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The scoring of a whole list under newer rules (重新评分).
 *
 * @param registerVersion the facts up to this number are scored; who enters later has rules of their own
 * @param lastSequence the household with this number was scored last: where the next chunk begins
 * @param report null until it has ended, and where it was given up
 */
public record Rescoring(
        UUID id,
        ListKey list,
        String policyDigest,
        boolean dryRun,
        LocalDate asOf,
        Instant requestedAt,
        long registerVersion,
        int households,
        int evaluated,
        long lastSequence,
        State state,
        @Nullable Instant finishedAt,
        @Nullable Report report) {

    public enum State {
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

    /**
     * What changes; kept as JSON.
     *
     * @param notEvaluated households that lack a fact which the newer rules ask for
     */
    public record Report(
            int notEvaluated, int scoresHigher, int scoresLower, int ranksChanged, List<Move> biggestMoves) {
        public Report {
            biggestMoves = List.copyOf(biggestMoves);
        }
    }

    /** One household under both rules; scores as plain decimals. */
    public record Move(
            String receiptNumber,
            String maskedName,
            String scoreBefore,
            String scoreAfter,
            int rankBefore,
            int rankAfter) {}

    Rescoring advanced(long sequence, int more) {
        return new Rescoring(
                id,
                list,
                policyDigest,
                dryRun,
                asOf,
                requestedAt,
                registerVersion,
                households,
                evaluated + more,
                sequence,
                state,
                finishedAt,
                report);
    }
}
