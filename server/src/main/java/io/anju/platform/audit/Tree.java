package io.anju.platform.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** The hash tree of RFC 6962, section 2.1, over SHA-256. */
final class Tree {
    static final int HASH_BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Tree() {}

    static byte[] leaf(byte[] content) {
        return sha256(new byte[] {LEAF}, content);
    }

    /**
     * The root over leaves in their order. Pairing level by level, with an odd one carried up, gives the tree that the
     * RFC defines by splitting at the largest power of two.
     */
    static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return sha256();
        }
        var level = leaves;
        while (level.size() > 1) {
            var above = new ArrayList<byte[]>((level.size() + 1) / 2);
            for (var i = 0; i + 1 < level.size(); i += 2) {
                above.add(sha256(new byte[] {NODE}, level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.get(level.size() - 1));
            }
            level = above;
        }
        return level.get(0);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
