package io.anju.waitinglist;

import io.anju.policy.Course;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Members whose numbers follow each other, as bytes. */
final class RollPage {
    /** So few that one change writes little, so many that a city's list is read in a breath. */
    static final int NUMBERS = 16;

    private static final RoundingMode[] ROUNDINGS = RoundingMode.values();
    /** Everything but the key. */
    private static final int FIXED_BYTES = 7 * Long.BYTES + 6 * Integer.BYTES + 4;

    private RollPage() {}

    static int of(long number) {
        return Math.toIntExact(number / NUMBERS);
    }

    static byte[] write(List<Member> members) {
        int bytes = 0;
        for (var one : members) {
            bytes += FIXED_BYTES + one.key().length;
        }
        var page = ByteBuffer.allocate(bytes);
        members.forEach(one -> write(page, one));
        return page.array();
    }

    private static void write(ByteBuffer page, Member one) {
        var course = one.course();
        var keys = one.keys();
        var later = one.later();
        page.putLong(one.number())
                .putLong(later.inputs())
                .putLong(later.deferred())
                .put((byte) (later.frozen() ? 1 : 0))
                .putInt(keys.district())
                .putInt(keys.priority())
                .putInt(keys.since())
                .put((byte) keys.homeRooms())
                .putLong(keys.until())
                .putInt((int) course.from())
                .putInt((int) course.until())
                .putLong(course.start())
                .putLong(course.perDay())
                .putLong(course.divisor())
                .put((byte) course.scale())
                .put((byte) course.rounding().ordinal())
                .putInt(one.key().length)
                .put(one.key());
    }

    static List<Member> read(byte[] bytes) {
        var page = ByteBuffer.wrap(bytes);
        var members = new ArrayList<Member>(NUMBERS);
        while (page.hasRemaining()) {
            members.add(member(page));
        }
        return members;
    }

    private static Member member(ByteBuffer page) {
        long number = page.getLong();
        long inputs = page.getLong();
        long deferred = page.getLong();
        var later = new Member.Later(inputs, page.get() == 1, deferred);
        var keys = new Member.Keys(page.getInt(), page.getInt(), page.getInt(), page.get(), page.getLong());
        var course = new Course(
                page.getInt(),
                page.getInt(),
                page.getLong(),
                page.getLong(),
                page.getLong(),
                page.get(),
                ROUNDINGS[page.get()]);
        var key = new byte[page.getInt()];
        page.get(key);
        return new Member(number, course, keys, later, key);
    }
}
