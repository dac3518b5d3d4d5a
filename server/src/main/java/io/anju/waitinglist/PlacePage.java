package io.anju.waitinglist;

import io.anju.waitinglist.StandingService.ListedPlace;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.function.Consumer;

/**
 * Places of an order as bytes, each of the same width, so that the n-th is found without looking. The functions
 * {@code waitinglist.places} of the database read the same form: a change to it is a change to both.
 *
 * <pre>
 *  0 number   8 points  16 inputs  24 deferred    (8 bytes each, 0 for none)
 * 32 district 36 place in it  40 ahead  44 since  48 place in home size  52 place in class   (4 bytes each)
 * 56 class (2 bytes)  58 rooms  59 frozen  60 decimals of the points (a byte each)
 * 64 sums of each cause's moves (4 bytes each)
 * </pre>
 */
final class PlacePage {
    /** Two pages to a block of the database, and the last places of one page never cut a block open. */
    static final int PLACES = 32;

    /** Ranks in a row of a part. */
    static final int RANKS = 1024;

    static final int WIDTH = 64 + Integer.BYTES * MoveCause.COUNT;
    private static final int CAUSES_AT = 64;

    private PlacePage() {}

    /** The places from one index up to another. */
    static byte[] write(Order order, MoveColumns moved, int from, int to) {
        var page = ByteBuffer.allocate((to - from) * WIDTH);
        for (int i = from; i < to; i++) {
            int begun = page.position();
            write(page, order, i);
            page.position(begun + CAUSES_AT);
            for (int cause = 0; cause < MoveCause.COUNT; cause++) {
                page.putInt(moved.get(cause, i));
            }
        }
        return page.array();
    }

    private static void write(ByteBuffer page, Order order, int index) {
        var one = order.member(index);
        page.putLong(one.number())
                .putLong(one.points())
                .putLong(one.inputs())
                .putLong(one.deferred())
                .putInt(one.district())
                .putInt(order.districtRank(index))
                .putInt(order.ahead(index))
                .putInt(one.since())
                .putInt(order.homeRank(index))
                .putInt(order.classRank(index))
                .putShort((short) one.priority())
                .put((byte) one.homeRooms())
                .put((byte) (one.frozen() ? 1 : 0))
                .put((byte) one.scale());
    }

    /** Adds one place to what the next derivation reads. */
    static void read(ByteBuffer place, Before before) {
        var keys = new Member.Keys(place.getInt(32), place.getShort(56), place.getInt(44), place.get(58), 0);
        before.add(
                place.getLong(0),
                place.getLong(8),
                place.get(60),
                place.getLong(24),
                keys,
                place.position(CAUSES_AT).slice());
    }

    /** Reads what is published of the places of one page. */
    static void list(int width, byte[] content, Consumer<ListedPlace> consumer) {
        var page = ByteBuffer.wrap(content);
        for (int at = 0; at < content.length; at += width) {
            consumer.accept(listed(page, at));
        }
    }

    private static ListedPlace listed(ByteBuffer page, int at) {
        long inputs = page.getLong(at + 16);
        int since = page.getInt(at + 44);
        int priority = page.getShort(at + 56);
        return new ListedPlace(
                page.getLong(at),
                Integer.toString(page.getInt(at + 32)),
                BigDecimal.valueOf(page.getLong(at + 8), page.get(at + 60)).toPlainString(),
                priority == Member.NO_CLASS ? null : priority,
                since == Member.NO_DATE ? null : LocalDate.ofEpochDay(since),
                page.getLong(at + 24),
                inputs == 0 ? null : inputs);
    }

    /** Sums that a place ends with. */
    static MoveCounts moved(byte[] bytes) {
        var counts = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).asIntBuffer().get(counts);
        return MoveCounts.of(counts);
    }

    /** Ranks from one index up to another, four bytes each. */
    static byte[] ranks(Order.Ranks ranks, int from, int to) {
        var page = ByteBuffer.allocate((to - from) * Integer.BYTES);
        for (int i = from; i < to; i++) {
            page.putInt(ranks.get(i));
        }
        return page.array();
    }
}
