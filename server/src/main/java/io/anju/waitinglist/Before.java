package io.anju.waitinglist;

import io.anju.policy.SortKey;
import java.nio.ByteBuffer;

/** What the next derivation reads of a generation: its places from the front, by index from 0, in columns. */
final class Before {
    private final int[] number;
    private final long[] points;
    private final byte[] scale;
    private final int[] deferred;
    private final short[] priority;
    private final int[] since;
    private final byte[] homeRooms;
    private final MoveColumns moved;
    private int size;

    Before(int total) {
        number = new int[total];
        points = new long[total];
        scale = new byte[total];
        deferred = new int[total];
        priority = new short[total];
        since = new int[total];
        homeRooms = new byte[total];
        moved = new MoveColumns(total);
    }

    /** Adds the places of one page. */
    void add(int width, byte[] content) {
        for (int at = 0; at < content.length; at += width) {
            PlacePage.read(ByteBuffer.wrap(content, at, width).slice(), this);
        }
    }

    /** Adds one place. */
    void add(long ofNumber, long scored, int scoreScale, long deferral, Member.Keys keys, ByteBuffer counts) {
        number[size] = Math.toIntExact(ofNumber);
        points[size] = scored;
        scale[size] = (byte) scoreScale;
        deferred[size] = Math.toIntExact(deferral);
        priority[size] = (short) keys.priority();
        since[size] = keys.since();
        homeRooms[size] = (byte) keys.homeRooms();
        for (int cause = 0; counts.hasRemaining(); cause++) {
            moved.add(cause, size, counts.getInt());
        }
        size++;
    }

    int size() {
        return size;
    }

    long number(int index) {
        return number[index];
    }

    /** The score as it stands in a key. */
    long sortPoints(int index) {
        return SortKey.points(points[index], scale[index]);
    }

    long deferred(int index) {
        return deferred[index];
    }

    int priority(int index) {
        return priority[index];
    }

    int since(int index) {
        return since[index];
    }

    int homeRooms(int index) {
        return homeRooms[index];
    }

    /** What had moved each place up to there. */
    MoveColumns moved() {
        return moved;
    }
}
