package io.anju.waitinglist;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The members of a list with the points of one day, packed into bytes: some ninety for each instead of the three hundred
 * that objects take, so that a city's list fits beside everything else a server does.
 *
 * <pre>
 *  0 number   4 inputs   8 district   12 since   (4 bytes each)
 * 16 points (8 bytes)
 * 24 class   26 length of the key (2 bytes each)   28 rooms   29 frozen   30 decimals of the points (a byte each)
 * 31 key; it begins with the number of the refusal
 * </pre>
 */
final class Members {
    private static final int BLOCK_BITS = 16;
    private static final int BLOCK_BYTES = 1 << BLOCK_BITS;
    private static final int KEY_AT = 31;

    private ByteBuffer[] blocks = new ByteBuffer[1];
    private int blockCount;
    /** Where each begins: the number of its block and the place in it. */
    private int[] begins = new int[64];

    private int size;

    static Members of(List<Member> members) {
        var packed = new Members();
        members.forEach(packed::add);
        return packed;
    }

    /** Adds one with the points that it has now. */
    void add(Member one) {
        int bytes = KEY_AT + one.key().length;
        if (size == begins.length) {
            begins = Arrays.copyOf(begins, size + (size >> 1));
        }
        var block = blockFor(bytes);
        begins[size++] = (blockCount - 1) << BLOCK_BITS | block.position();
        block.putInt(Math.toIntExact(one.number()))
                .putInt(Math.toIntExact(one.later().inputs()))
                .putInt(one.keys().district())
                .putInt(one.keys().since())
                .putLong(one.points())
                .putShort((short) one.keys().priority())
                .putShort((short) one.key().length)
                .put((byte) one.keys().homeRooms())
                .put((byte) (one.later().frozen() ? 1 : 0))
                .put((byte) one.scale())
                .put(one.key());
    }

    private ByteBuffer blockFor(int bytes) {
        if (blockCount == 0 || blocks[blockCount - 1].remaining() < bytes) {
            if (blockCount == blocks.length) {
                blocks = Arrays.copyOf(blocks, blockCount * 2);
            }
            blocks[blockCount++] = ByteBuffer.allocate(BLOCK_BYTES);
        }
        return blocks[blockCount - 1];
    }

    int size() {
        return size;
    }

    /** @param index from 0, as they were added */
    One get(int index) {
        return new One(block(index), at(index));
    }

    private ByteBuffer block(int index) {
        return blocks[begins[index] >>> BLOCK_BITS];
    }

    private int at(int index) {
        return begins[index] & (BLOCK_BYTES - 1);
    }

    /** Below 0 where the first stands before the second: as their keys compare, without looking into most of them. */
    int compare(int first, int second) {
        var one = block(first);
        var other = block(second);
        int oneKey = at(first) + KEY_AT;
        int otherKey = at(second) + KEY_AT;
        int byDeferral = Long.compareUnsigned(one.getLong(oneKey), other.getLong(otherKey));
        if (byDeferral != 0) {
            return byDeferral;
        }
        return Arrays.compareUnsigned(
                one.array(),
                oneKey + Long.BYTES,
                oneKey + get(first).keyLength(),
                other.array(),
                otherKey + Long.BYTES,
                otherKey + get(second).keyLength());
    }

    /** A view of one of them. */
    record One(ByteBuffer block, int at) {
        long number() {
            return block.getInt(at);
        }

        /** Number of the newest facts that it is scored by; 0 for those of the registration. */
        long inputs() {
            return block.getInt(at + 4);
        }

        int district() {
            return block.getInt(at + 8);
        }

        /** An epoch day, or {@link Member#NO_DATE}. */
        int since() {
            return block.getInt(at + 12);
        }

        /** Times ten to the power of {@link #scale}. */
        long points() {
            return block.getLong(at + 16);
        }

        /** Place of its class, {@link Member#NO_CLASS} for none. */
        int priority() {
            return block.getShort(at + 24);
        }

        private int keyLength() {
            return Short.toUnsignedInt(block.getShort(at + 26));
        }

        /** Bedrooms of the home that it is offered, 0 where the rules are silent. */
        int homeRooms() {
            return block.get(at + 28);
        }

        boolean frozen() {
            return block.get(at + 29) == 1;
        }

        int scale() {
            return block.get(at + 30);
        }

        /** Number of the newest refusal that sent it behind the others; 0 for none. */
        long deferred() {
            return block.getLong(at + KEY_AT);
        }

        /** A copy. */
        byte[] key() {
            var key = new byte[keyLength()];
            block.get(at + KEY_AT, key);
            return key;
        }
    }
}
