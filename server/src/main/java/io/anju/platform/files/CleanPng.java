package io.anju.platform.files;

import io.anju.platform.files.CleanFile.Unclean;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Keeps of a PNG the chunks that draw it, and unpacks it once to see that it is no larger than it says. */
final class CleanPng {
    private static final int HEADER = 8;
    private static final int FRAME = 12;
    private static final Set<String> DRAWING =
            Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "sRGB", "cHRM", "sBIT", "bKGD");
    private static final int MOST_BYTES_PER_PIXEL = 8;
    /** Of interlaced pictures each of seven passes has rows of its own, with a byte in front of each. */
    private static final int PASSES = 7;

    private final byte[] in;
    private final ByteArrayOutputStream out;
    private final Inflater inflater = new Inflater();
    private long expected;
    private long unpacked;

    private CleanPng(byte[] in) {
        this.in = in;
        this.out = new ByteArrayOutputStream(in.length);
    }

    static byte[] of(byte[] content) {
        var png = new CleanPng(content);
        try {
            return png.clean();
        } finally {
            png.inflater.end();
        }
    }

    private byte[] clean() {
        out.write(in, 0, HEADER);
        int at = HEADER;
        String name;
        do {
            var chunk = ByteBuffer.wrap(in, at, in.length - at);
            int length = chunk.getInt();
            if (length < 0 || length > in.length - at - FRAME) {
                throw new Unclean("no chunk");
            }
            name = new String(in, at + 4, 4, StandardCharsets.ISO_8859_1);
            requireSum(at, length);
            if (name.equals("IHDR")) {
                measure(ByteBuffer.wrap(in, at + HEADER, length));
            } else if (name.equals("IDAT")) {
                unpack(at + HEADER, length);
            }
            if (DRAWING.contains(name)) {
                out.write(in, at, length + FRAME);
            }
            at += length + FRAME;
        } while (!name.equals("IEND"));
        if (expected == 0 || !inflater.finished() || inflater.getRemaining() > 0) {
            throw new Unclean("no picture, or more than one");
        }
        CleanFile.requireNoOtherFile(in, at);
        return out.toByteArray();
    }

    private void requireSum(int at, int length) {
        var sum = new CRC32();
        sum.update(in, at + 4, length + 4);
        if ((int) sum.getValue() != ByteBuffer.wrap(in, at + HEADER + length, 4).getInt()) {
            throw new Unclean("a sum does not agree");
        }
    }

    private void measure(ByteBuffer header) {
        long width = header.getInt();
        long height = header.getInt();
        CleanFile.requirePixels(width, height);
        expected = width * height * MOST_BYTES_PER_PIXEL + PASSES * (height + PASSES);
    }

    private void unpack(int from, int length) {
        var sink = new byte[1 << 16];
        inflater.setInput(in, from, length);
        try {
            while (!inflater.needsInput() && !inflater.finished()) {
                unpacked += inflater.inflate(sink);
                if (unpacked > expected || inflater.needsDictionary()) {
                    throw new Unclean("unpacks to more than it says");
                }
            }
        } catch (DataFormatException e) {
            throw new Unclean("not packed as it says");
        }
    }
}
