package io.anju.platform.db;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/**
 * Makes ids of the same kind as PostgreSQL's {@code uuidv7()}, for rows whose id must be known before they are written
 * (a sealed field is bound to its row).
 */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Ids() {}

    /** A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits. */
    public static UUID next(Instant now) {
        var high = (now.toEpochMilli() << 16) | VERSION_7 | RANDOM.nextInt(0x1000);
        var low = VARIANT | (RANDOM.nextLong() >>> 2);
        return new UUID(high, low);
    }
}
