package io.anju.platform.files;

import io.anju.platform.files.CleanFile.Unclean;
import java.io.ByteArrayOutputStream;

/** Keeps of a JPEG what draws it (ISO/IEC 10918-1): no application data but the transform that colours need. */
final class CleanJpeg {
    private static final int START = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int FIRST_APPLICATION = 0xE0;
    private static final int ADOBE = 0xEE;
    private static final int ADOBE_LENGTH = 14;

    private final byte[] in;
    private final ByteArrayOutputStream out;
    private int at;
    private boolean drawn;

    private CleanJpeg(byte[] in) {
        this.in = in;
        this.out = new ByteArrayOutputStream(in.length);
    }

    static byte[] of(byte[] content) {
        return new CleanJpeg(content).clean();
    }

    private byte[] clean() {
        if (octet(0) != 0xFF || octet(1) != START) {
            throw new Unclean("no start");
        }
        out.write(in, 0, 2);
        at = 2;
        while (true) {
            int marker = marker();
            if (marker == END) {
                out.write(0xFF);
                out.write(END);
                break;
            }
            segment(marker);
        }
        if (!drawn) {
            throw new Unclean("no picture");
        }
        CleanFile.requireNoOtherFile(in, at);
        return out.toByteArray();
    }

    private int marker() {
        if (octet(at) != 0xFF) {
            throw new Unclean("no marker");
        }
        while (octet(at) == 0xFF) {
            at++;
        }
        return octet(at++);
    }

    private void segment(int marker) {
        int length = octet(at) << 8 | octet(at + 1);
        if (marker == 0 || marker == START || length < 2 || at + length > in.length) {
            throw new Unclean("no segment");
        }
        if (isFrame(marker)) {
            CleanFile.requirePixels(octet(at + 5) << 8 | octet(at + 6), octet(at + 3) << 8 | octet(at + 4));
            drawn = true;
        }
        if (isDrawing(marker) || isColourTransform(marker, length)) {
            out.write(0xFF);
            out.write(marker);
            out.write(in, at, length);
        }
        at += length;
        if (marker == SCAN) {
            scan();
        }
    }

    /** The coded picture: up to the next marker that is neither an escaped byte nor a restart. */
    private void scan() {
        int from = at;
        while (octet(at) != 0xFF || octet(at + 1) == 0 || isRestart(octet(at + 1))) {
            at += octet(at) == 0xFF ? 2 : 1;
        }
        out.write(in, from, at - from);
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isDrawing(int marker) {
        return marker < FIRST_APPLICATION;
    }

    /** The one segment of application data that changes colours; exactly that, so that nothing hides in it. */
    private boolean isColourTransform(int marker, int length) {
        return marker == ADOBE && length == ADOBE_LENGTH && CleanFile.startsWith(in, at + 2, CleanFile.ascii("Adobe"));
    }

    private int octet(int index) {
        return in[index] & 0xFF;
    }
}
