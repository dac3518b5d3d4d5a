package io.anju.platform.files;

import io.anju.platform.files.CleanFile.Unclean;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Keeps of a WebP the one still picture, without profile, EXIF and XMP; moving ones are not taken. */
final class CleanWebp {
    private static final int HEADER = 12;
    private static final int FRAME = 8;
    /** Alpha is the only feature that stays. */
    private static final int ALPHA_FLAG = 0x10;

    private static final int ANIMATION_FLAG = 0x02;
    private static final int SIDE_BITS = 0x3FFF;

    private CleanWebp() {}

    static byte[] of(byte[] content) {
        var in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        long end = (in.getInt(4) & 0xFFFF_FFFFL) + FRAME;
        if (end > content.length) {
            throw new Unclean("shorter than it says");
        }
        var kept = new ByteArrayOutputStream(content.length);
        var drawn = false;
        for (int at = HEADER; at + FRAME <= end; ) {
            var name = new String(content, at, 4, StandardCharsets.ISO_8859_1);
            long length = in.getInt(at + 4) & 0xFFFF_FFFFL;
            long padded = FRAME + length + (length & 1);
            if (at + FRAME + length > end) {
                throw new Unclean("no chunk");
            }
            switch (name) {
                case "VP8X" -> kept.writeBytes(extended(content, in, at, (int) padded));
                case "VP8 ", "VP8L" -> {
                    measure(name, in, at + FRAME);
                    kept.write(content, at, (int) Math.min(padded, end - at));
                    drawn = true;
                }
                case "ALPH" -> kept.write(content, at, (int) Math.min(padded, end - at));
                case "ANIM", "ANMF" -> throw new Unclean("moving");
                default -> {}
            }
            at += (int) padded;
        }
        if (!drawn) {
            throw new Unclean("no picture");
        }
        CleanFile.requireNoOtherFile(content, (int) end);
        return file(kept.toByteArray());
    }

    private static byte[] extended(byte[] content, ByteBuffer in, int at, int length) {
        int flags = content[at + FRAME];
        if ((flags & ANIMATION_FLAG) != 0) {
            throw new Unclean("moving");
        }
        int width = (in.getInt(at + FRAME + 4) & 0xFF_FFFF) + 1;
        int height = (in.getInt(at + FRAME + 6) >>> 8) + 1;
        CleanFile.requirePixels(width, height);
        var chunk = new byte[length];
        System.arraycopy(content, at, chunk, 0, length);
        chunk[FRAME] = (byte) (flags & ALPHA_FLAG);
        return chunk;
    }

    private static void measure(String name, ByteBuffer in, int at) {
        if (name.equals("VP8L")) {
            int bits = in.getInt(at + 1);
            CleanFile.requirePixels((bits & SIDE_BITS) + 1, (bits >>> 14 & SIDE_BITS) + 1);
        } else {
            CleanFile.requirePixels(in.getShort(at + 6) & SIDE_BITS, in.getShort(at + 8) & SIDE_BITS);
        }
    }

    private static byte[] file(byte[] chunks) {
        return ByteBuffer.allocate(HEADER + chunks.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(CleanFile.ascii("RIFF"))
                .putInt(chunks.length + 4)
                .put(CleanFile.ascii("WEBP"))
                .put(chunks)
                .array();
    }
}
