package io.anju.complaint;

import io.anju.identity.NetworkAddress;
import io.anju.platform.crypto.Padding;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How often in an hour what may be done without a name, from one address and in all, exactly and over all instances.
 *
 * <p>All counts are one sealed row of few sizes. Rows of their own, as log-ins have, would tell when each act was, and by
 * an address's fingerprint who was there.
 */
final class Allowance {
    private static final UUID ROW = new UUID(0x0000_0000_0000_4000L, 0x8000_0000_0000_0001L);
    private static final String TABLE = "complaint.allowance";
    private static final String COUNTS = "counts";
    private static final int HOUR_SECONDS = 3600;

    private final Db db;
    private final Vault vault;
    private final BoxStore store;

    Allowance(Db db, Vault vault, BoxStore store) {
        this.db = db;
        this.vault = vault;
        this.store = store;
    }

    /** What is counted. Many people share one address behind a carrier's translation; the whole bounds the work and the box. */
    enum Act {
        FILE(20, 300),
        ADD(40, 600),
        ATTACH(40, 300),
        FOLLOW(60, 3000);

        private final int perAddress;
        private final int inAll;

        Act(int perAddress, int inAll) {
            this.perAddress = perAddress;
            this.inAll = inAll;
        }
    }

    private record Tally(long hour, Map<Long, Integer> used) {}

    /** Counts one; refuses where either is used up. The count stays whatever becomes of the act. */
    Future<Void> take(Act act, String address, Instant now) {
        long hour = Math.floorDiv(now.getEpochSecond(), HOUR_SECONDS);
        long whence = key(act, NetworkAddress.subject(address));
        long all = key(act, "");
        return db.inTransaction(tx -> lock(tx).compose(kept -> {
            var tally = kept == null ? new Tally(hour, Map.of()) : open(kept);
            var used = new HashMap<>(tally.hour() == hour ? tally.used() : Map.<Long, Integer>of());
            if (used.getOrDefault(whence, 0) >= act.perAddress || used.getOrDefault(all, 0) >= act.inAll) {
                return later(hour, now);
            }
            used.merge(whence, 1, Integer::sum);
            used.merge(all, 1, Integer::sum);
            return store.saveCounts(tx, ROW, seal(new Tally(hour, used)));
        }));
    }

    /** Writes the counts anew, so that the row does not tell when the last act was. */
    Future<Void> rewrite(Tx tx) {
        return lock(tx).compose(
                        kept -> kept == null ? Future.succeededFuture() : store.saveCounts(tx, ROW, seal(open(kept))));
    }

    private Future<byte @Nullable []> lock(Tx tx) {
        return store.lockCounts(tx, ROW);
    }

    private long key(Act act, String whence) {
        return ByteBuffer.wrap(vault.blindIndex("complaint.allowance", act.name() + "/" + whence))
                .getLong();
    }

    private static Future<Void> later(long hour, Instant now) {
        long wait = Math.max(1, (hour + 1) * HOUR_SECONDS - now.getEpochSecond());
        return Refusal.failed(
                ComplaintProblem.TOO_MANY_ANONYMOUS_ACTS, Map.of(Refusal.RETRY_AFTER_SECONDS, Long.toString(wait)));
    }

    private byte[] seal(Tally tally) {
        var plain = ByteBuffer.allocate(Long.BYTES + tally.used().size() * (Long.BYTES + Integer.BYTES))
                .putLong(tally.hour());
        tally.used().forEach((key, count) -> plain.putLong(key).putInt(count));
        return vault.seal(TABLE, COUNTS, ROW, Padding.pad(plain.array()));
    }

    private Tally open(byte[] sealedCounts) {
        var plain = ByteBuffer.wrap(Padding.strip(vault.open(TABLE, COUNTS, ROW, sealedCounts)));
        long hour = plain.getLong();
        var used = new HashMap<Long, Integer>();
        while (plain.hasRemaining()) {
            used.put(plain.getLong(), plain.getInt());
        }
        return new Tally(hour, used);
    }
}
