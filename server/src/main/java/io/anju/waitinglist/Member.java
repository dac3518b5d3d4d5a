package io.anju.waitinglist;

import io.anju.policy.Course;
import io.anju.policy.OrderKey;
import io.anju.policy.SortKey;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A household on a list as its place asks for it: what its facts and the rules make of it, for as long as that holds. Few
 * are held at a time; a whole list of them is {@link Members}.
 */
final class Member {
    /** A household that is in no class of the rules. */
    static final int NO_CLASS = 0;
    /** A household whose order counts no dates. */
    static final int NO_DATE = Integer.MAX_VALUE;

    private final long number;
    private final Course course;
    private final Keys keys;
    private final Later later;
    private final byte[] key;
    private long points;

    /**
     * What the rules of the order make of it.
     *
     * @param district code as a number
     * @param priority place of its class, {@link #NO_CLASS} for none
     * @param since earliest of the dates that count as an epoch day, or {@link #NO_DATE}
     * @param homeRooms bedrooms of the home that it is offered, 0 where the rules are silent
     * @param until last day on which all of this holds, as an epoch day
     */
    record Keys(int district, int priority, int since, int homeRooms, long until) {}

    /**
     * Facts that follow the registration.
     *
     * @param inputs number of the newest facts that it is scored by; 0 for those of the registration
     * @param deferred number of the newest refusal that sent it behind the others; 0 for none
     */
    record Later(long inputs, boolean frozen, long deferred) {
        static final Later NOTHING = new Later(0, false, 0);
    }

    /**
     * @param number of its registration
     * @param key as {@link #key(long, byte[])} makes it, with the points of the course's first day; kept and written to
     */
    Member(long number, Course course, Keys keys, Later later, byte[] key) {
        this.number = number;
        this.course = course;
        this.keys = keys;
        this.later = later;
        this.key = key;
        this.points = course.at(course.from());
    }

    /** Who was sent to the end by a refusal stands behind all who were not, in the order of the refusals. */
    static byte[] key(long deferred, byte[] sortKey) {
        return ByteBuffer.allocate(Long.BYTES + sortKey.length)
                .putLong(deferred)
                .put(sortKey)
                .array();
    }

    /** Whether what is known of it still holds on a day. */
    boolean holdsOn(long epochDay) {
        return course.holdsOn(epochDay) && epochDay <= keys.until();
    }

    /** Gives it the points of a day on which it {@link #holdsOn holds}. */
    void scoreOn(long epochDay, List<OrderKey> order) {
        points = course.at(epochDay);
        SortKey.overwrite(order, key, Long.BYTES, OrderKey.By.SCORE, SortKey.points(points, course.scale()));
    }

    long number() {
        return number;
    }

    Course course() {
        return course;
    }

    Keys keys() {
        return keys;
    }

    Later later() {
        return later;
    }

    byte[] key() {
        return key;
    }

    /** Times ten to the power of {@link #scale}. */
    long points() {
        return points;
    }

    int scale() {
        return course.scale();
    }
}
