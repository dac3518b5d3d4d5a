package io.anju.waitinglist;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a register's file, one after the other: the first one names the columns. Reads, blocking, as far as it is
 * asked to; its memory does not grow with the file, but for the shared texts of a workbook, which are bounded.
 */
interface ImportSource extends AutoCloseable {
    /** More than any city has households. */
    int MOST_ROWS = 3_000_000;

    /** Characters of one field. */
    int MOST_CHARS = 2_000;

    /** The next row; null after the last. */
    @Nullable
    List<String> next() throws IOException;

    @Override
    void close() throws IOException;

    /** The file as a whole cannot be read, or not to its end. */
    final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient ImportFault fault;

        Unreadable(ImportFault fault) {
            super(fault.id());
            this.fault = fault;
        }

        ImportFault fault() {
            return fault;
        }
    }

    /** Opens a workbook or a text, whichever it is by its first bytes. */
    static ImportSource open(Supplier<InputStream> file) throws IOException {
        try (var in = file.get()) {
            var head = in.readNBytes(4);
            if (head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
                return ImportWorkbook.open(file);
            }
        }
        return ImportText.open(file);
    }
}
