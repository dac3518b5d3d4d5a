package io.anju.platform.tables;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table as comma-separated values, in UTF-8 or GB18030, whichever its bytes are. */
final class TableText implements TableSource {
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final char BYTE_ORDER_MARK = '\ufeff';
    private static final int BUFFER = 1 << 16;

    private final CloseableIterator<CsvRecord> records;

    private TableText(CloseableIterator<CsvRecord> records) {
        this.records = records;
    }

    static TableSource open(Supplier<InputStream> file) throws IOException {
        var charset = charset(file);
        char separator;
        try (var first = reader(file.get(), charset)) {
            separator = separator(first);
        }
        var records = CsvReader.builder()
                .fieldSeparator(separator)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .skipEmptyLines(true)
                .maxBufferSize(BUFFER)
                .ofCsvRecord(reader(file.get(), charset))
                .iterator();
        return new TableText(records);
    }

    /**
     * UTF-8 where every byte of the file is, but for a last character that the file breaks off in: a text in GB18030 of more
     * than a few characters never is by accident.
     */
    private static Charset charset(Supplier<InputStream> file) throws IOException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var bytes = ByteBuffer.allocate(BUFFER);
        var chars = CharBuffer.allocate(BUFFER);
        try (var in = file.get()) {
            while (true) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                boolean isEnd = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                var result = decoder.decode(bytes, chars.clear(), isEnd);
                if (result.isError()) {
                    return isEnd ? StandardCharsets.UTF_8 : GB18030;
                }
                bytes.compact();
                if (isEnd) {
                    return StandardCharsets.UTF_8;
                }
            }
        }
    }

    private static BufferedReader reader(InputStream in, Charset charset) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, charset), BUFFER);
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
        return reader;
    }

    /** The one that stands most often in the first line. */
    private static char separator(BufferedReader reader) throws IOException {
        var head = new char[MOST_CHARS];
        int length = Math.max(reader.read(head), 0);
        var line = new String(head, 0, length).lines().findFirst().orElse("");
        char best = ',';
        for (char candidate : new char[] {',', ';', '\t'}) {
            if (count(line, candidate) > count(line, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String line, char wanted) {
        return line.chars().filter(one -> one == wanted).count();
    }

    @Override
    public @Nullable List<String> next() throws IOException {
        try {
            return records.hasNext() ? records.next().getFields() : null;
        } catch (CsvParseException | UncheckedIOException e) {
            throw new Unreadable(Fault.UNREADABLE);
        }
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
