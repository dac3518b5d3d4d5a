package io.anju.policy;

import io.anju.platform.crypto.Sha256;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * A lot (摇号) that anyone can draw again: the first 16 bytes of SHA-256 over the published seed, a line feed and the
 * receipt number, in UTF-8, compared as one unsigned number.
 */
public record Draw(long high, long low) implements Comparable<Draw> {
    /** The lot where nothing is drawn. */
    static final Draw NONE = new Draw(0, 0);

    static Draw of(String seed, String receiptNumber) {
        var hash = ByteBuffer.wrap(Sha256.of(seed + '\n' + receiptNumber));
        return new Draw(hash.getLong(), hash.getLong());
    }

    @Override
    public int compareTo(Draw other) {
        var first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }

    /** The first 32 hex digits of the hash: sorted as texts they give the same order. */
    public String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
