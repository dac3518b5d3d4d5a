package io.anju.waitinglist;

import io.anju.waitinglist.Registration.ListKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The taking over of a register from one file (存量导入).
 *
 * @param goOn whether faultless rows are entered beside faulty ones
 * @param policyDigest the rules that its households are scored by
 * @param rowsRead rows read so far, the head not counted
 * @param faultyRows null until it has ended
 * @param entered households; null until it has ended
 */
public record RegisterImport(
        UUID id,
        ListKey list,
        boolean goOn,
        long sizeBytes,
        String sha256,
        String policyDigest,
        Instant requestedAt,
        State state,
        int rowsRead,
        @Nullable Integer faultyRows,
        @Nullable Integer entered,
        @Nullable Instant finishedAt) {

    public enum State {
        RUNNING,
        ENTERED,
        REFUSED,
        FAILED;

        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }
    }

    /** One thing that is wrong with one row; row 0 is the file as a whole, row 1 its head; {@code until} the last day of a bar. */
    public record Fault(
            int row, String column, String code, @Nullable LocalDate until) {
        Fault(int row, String column, String code) {
            this(row, column, code, null);
        }
    }
}
