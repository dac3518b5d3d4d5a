package io.anju.platform.crypto;

import java.util.Arrays;
import java.util.List;

/**
 * Brings content to one of a few sizes before it is sealed, because sealing hides everything but the size. Whoever knows
 * how much somebody wrote or which picture they have would otherwise find it again.
 */
public final class Padding {
    private static final int KIB = 1024;
    private static final byte END = (byte) 0x80;

    /** The smallest takes what one text may hold, so that texts are all of one size. */
    private static final List<Integer> SIZES =
            List.of(16 * KIB, 64 * KIB, 256 * KIB, KIB * KIB, 4 * KIB * KIB, 16 * KIB * KIB);

    private Padding() {}

    /** A text, one bit, and zeros up to the next size (ISO/IEC 7816-4). */
    public static byte[] pad(byte[] content) {
        return pad(content, 0);
    }

    /** As {@link #pad(byte[])}, for a picture or document: small ones would tell more, so the first size is 1 MiB. */
    public static byte[] padFile(byte[] content) {
        return pad(content, KIB * KIB);
    }

    private static byte[] pad(byte[] content, int least) {
        int size = SIZES.stream()
                .filter(each -> each > content.length && each >= least)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("too large to be padded"));
        var padded = Arrays.copyOf(content, size);
        padded[content.length] = END;
        return padded;
    }

    /** What {@link #pad} was given; what was never padded comes back as it is. */
    public static byte[] strip(byte[] content) {
        if (!SIZES.contains(content.length)) {
            return content;
        }
        int end = content.length - 1;
        while (end > 0 && content[end] == 0) {
            end--;
        }
        return content[end] == END ? Arrays.copyOf(content, end) : content;
    }
}
