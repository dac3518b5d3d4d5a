package io.anju.platform.crypto;

import java.util.ArrayDeque;
import java.util.Deque;

/** The root over leaves that come one after the other: holds one hash for each level, however many leaves there are. */
public final class TreeBuilder {
    /** A whole subtree of {@code leaves} (a power of two) leaves. */
    private record Subtree(long leaves, byte[] hash) {}

    private final Deque<Subtree> subtrees = new ArrayDeque<>();
    private long size;

    /** Adds the hash of the next leaf. */
    public void add(byte[] leaf) {
        size++;
        var added = new Subtree(1, leaf);
        while (!subtrees.isEmpty() && subtrees.peek().leaves() == added.leaves()) {
            var left = subtrees.pop();
            added = new Subtree(2 * left.leaves(), Tree.node(left.hash(), added.hash()));
        }
        subtrees.push(added);
    }

    public long size() {
        return size;
    }

    /** The root over all leaves so far. */
    public byte[] root() {
        if (subtrees.isEmpty()) {
            return Tree.sha256();
        }
        var smallestFirst = subtrees.iterator();
        var hash = smallestFirst.next().hash();
        while (smallestFirst.hasNext()) {
            hash = Tree.node(smallestFirst.next().hash(), hash);
        }
        return hash;
    }
}
