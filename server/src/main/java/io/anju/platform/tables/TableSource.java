package io.anju.platform.tables;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a file that people keep tables in, one after the other: the first one names the columns. Reads, blocking, as far as it is
 * asked to; its memory does not grow with the file, but for the shared texts of a workbook, which are bounded.
 */
public interface TableSource extends AutoCloseable {
    /** More than any city has households. */
    int MOST_ROWS = 3_000_000;

    /** Characters of one field. */
    int MOST_CHARS = 2_000;

    /** The next row; null after the last. */
    @Nullable
    List<String> next() throws IOException;

    @Override
    void close() throws IOException;

    /** What is wrong with a file as a whole. */
    enum Fault {
        UNREADABLE,
        TOO_LARGE
    }

    /** The file as a whole cannot be read, or not to its end. */
    final class Unreadable extends IOException {
        private static final long serialVersionUID = 1L;

        private final Fault fault;

        public Unreadable(Fault fault) {
            super(fault.name());
            this.fault = fault;
        }

        public Fault fault() {
            return fault;
        }
    }

    /** Opens a workbook or a text, whichever it is by its first bytes. */
    static TableSource open(Supplier<InputStream> file) throws IOException {
        try (var in = file.get()) {
            var head = in.readNBytes(4);
            if (head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4) {
                return TableWorkbook.open(file);
            }
        }
        return TableText.open(file);
    }
}
