package io.anju.publication;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, each ended by a line feed and nothing else, in UTF-8 and nothing else; one is held at a time. */
final class LineReader {
    private static final int BUFFER_BYTES = 1 << 16;
    /** The longest honest line is the statement: districts and columns of a city. */
    private static final int LINE_MAX_BYTES = 1 << 20;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int at;
    private int end;
    private byte[] line = new byte[1024];

    LineReader(InputStream in) {
        this.in = in;
    }

    /** A line is not what a publication's lines are. */
    static final class BadLine extends IOException {
        private static final long serialVersionUID = 1L;

        BadLine(String message) {
            super(message);
        }
    }

    /** The next line; none at the end. */
    @Nullable
    String next() throws IOException {
        int length = 0;
        while (true) {
            if (at == end && !fill()) {
                if (length > 0) {
                    throw new BadLine("the last line is cut off");
                }
                return null;
            }
            int from = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            length = append(from, length);
            if (at < end) {
                at++;
                return decode(length);
            }
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    private int append(int from, int length) throws BadLine {
        int more = at - from;
        if (length + more > LINE_MAX_BYTES) {
            throw new BadLine("the line is too long");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        }
        System.arraycopy(buffer, from, line, length, more);
        return length + more;
    }

    private String decode(int length) throws BadLine {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BadLine("the line is not UTF-8");
        }
    }
}
