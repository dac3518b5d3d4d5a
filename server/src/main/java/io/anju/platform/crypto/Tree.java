package io.anju.platform.crypto;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The hash tree of RFC 6962, section 2.1, over SHA-256. */
public final class Tree {
    public static final int HASH_BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;
    private static final MessageDigest SHA_256 = Sha256.start();

    private Tree() {}

    /** The hash of one leaf's content. */
    public static byte[] leaf(byte[] content) {
        return sha256(new byte[] {LEAF}, content);
    }

    /** The hash of two nodes. */
    static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[] {NODE}, left, right);
    }

    /**
     * The root over leaves in their order. Pairing level by level, with an odd one carried up, gives the tree that the
     * RFC defines by splitting at the largest power of two; so the roots of runs of the same power of two may stand in
     * for their leaves.
     */
    public static byte[] root(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return sha256();
        }
        var level = leaves;
        while (level.size() > 1) {
            level = above(level);
        }
        return level.get(0);
    }

    /** The hashes that lead from the leaf at {@code index} to the root, lowest first (the RFC's audit path). */
    public static List<byte[]> path(List<byte[]> leaves, int index) {
        var path = new ArrayList<byte[]>();
        var level = leaves;
        for (int at = index; level.size() > 1; at /= 2) {
            int beside = at ^ 1;
            if (beside < level.size()) {
                path.add(level.get(beside));
            }
            level = above(level);
        }
        return path;
    }

    /** The root that a leaf's hash and its path give, in a tree of {@code size} leaves; none where the path does not fit. */
    public static byte[] rootOf(byte[] leaf, long index, long size, List<byte[]> path) {
        var hash = leaf;
        int used = 0;
        long last = size - 1;
        for (long at = index; last > 0; at /= 2, last /= 2) {
            boolean hasNone = at == last && at % 2 == 0;
            if (!hasNone) {
                if (used == path.size()) {
                    return new byte[0];
                }
                var beside = path.get(used++);
                hash = at % 2 == 1 ? node(beside, hash) : node(hash, beside);
            }
        }
        return used == path.size() ? hash : new byte[0];
    }

    private static List<byte[]> above(List<byte[]> level) {
        var above = new ArrayList<byte[]>((level.size() + 1) / 2);
        for (var i = 0; i + 1 < level.size(); i += 2) {
            above.add(node(level.get(i), level.get(i + 1)));
        }
        if (level.size() % 2 == 1) {
            above.add(level.get(level.size() - 1));
        }
        return above;
    }

    /** SHA-256 of the parts one after the other. */
    public static byte[] sha256(byte[]... parts) {
        var digest = digest();
        for (var part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** A copy of one that was never used: asking the providers takes longer than hashing a row. */
    private static MessageDigest digest() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
