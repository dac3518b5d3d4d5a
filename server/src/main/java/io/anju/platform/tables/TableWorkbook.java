package io.anju.platform.tables;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** A table as the first sheet of a workbook; dates may be dates or texts. */
final class TableWorkbook implements TableSource {
    /** Of the packed file, which is held in memory. */
    private static final long MOST_PACKED_BYTES = 64L << 20;

    private static final long MOST_UNPACKED_BYTES = 512L << 20;
    private static final int MOST_PARTS = 1_000;

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;

    private TableWorkbook(ReadableWorkbook workbook, Stream<Row> stream) {
        this.workbook = workbook;
        this.stream = stream;
        this.rows = stream.iterator();
    }

    static TableSource open(Supplier<InputStream> file) throws IOException {
        requireModest(file);
        try {
            var workbook = new ReadableWorkbook(file.get());
            return new TableWorkbook(workbook, workbook.getFirstSheet().openStream());
        } catch (IOException | RuntimeException e) {
            throw new Unreadable(Fault.UNREADABLE);
        }
    }

    /** Unpacks once without keeping anything, and stops where it becomes too much: sizes in the file may be lies. */
    private static void requireModest(Supplier<InputStream> file) throws IOException {
        var buffer = new byte[1 << 16];
        long packed = 0;
        try (var in = file.get()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                packed += read;
                if (packed > MOST_PACKED_BYTES) {
                    throw new Unreadable(Fault.TOO_LARGE);
                }
            }
        }
        long unpacked = 0;
        int parts = 0;
        try (var zip = new ZipInputStream(file.get())) {
            while (zip.getNextEntry() != null) {
                parts++;
                for (int read = zip.read(buffer); read >= 0; read = zip.read(buffer)) {
                    unpacked += read;
                    if (unpacked > MOST_UNPACKED_BYTES || parts > MOST_PARTS) {
                        throw new Unreadable(Fault.TOO_LARGE);
                    }
                }
            }
        } catch (ZipException e) {
            throw new Unreadable(Fault.UNREADABLE);
        }
    }

    @Override
    public @Nullable List<String> next() throws IOException {
        try {
            while (rows.hasNext()) {
                var fields = fields(rows.next());
                if (fields.stream().anyMatch(field -> !field.isBlank())) {
                    return fields;
                }
            }
            return null;
        } catch (RuntimeException e) {
            throw new Unreadable(Fault.UNREADABLE);
        }
    }

    private static List<String> fields(Row row) {
        var fields = new ArrayList<String>(row.getCellCount());
        for (int i = 0; i < row.getCellCount(); i++) {
            fields.add(row.getOptionalCell(i).map(TableWorkbook::text).orElse(""));
        }
        return fields;
    }

    private static String text(Cell cell) {
        var text = cell.getType() == CellType.NUMBER
                ? cell.asNumber().toPlainString()
                : Objects.requireNonNullElse(cell.getText(), "");
        return text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS + 1) : text;
    }

    @Override
    public void close() throws IOException {
        stream.close();
        workbook.close();
    }
}
