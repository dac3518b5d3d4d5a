package io.anju.platform.http;

import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.LateFailures.Kept;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * {@link LateFailures} of servers that were stopped before the day was over.
 *
 * <p>All are one sealed row. Every server that stops writes it anew, whether it has any or not, and so does the hour: the
 * row tells neither that there are any nor which run or hour they are of.
 */
public final class KeptFailures {
    private static final UUID ROW = new UUID(0x0000_0000_0000_4000L, 0x8000_0000_0000_0002L);
    private static final String TABLE = "platform.kept_failures";
    private static final String FAILURES = "failures";

    private static final String HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('platform.kept-failures', 0))";

    private static final String FIND = "SELECT failures FROM platform.kept_failures WHERE id = $1";

    private static final String SAVE = """
            INSERT INTO platform.kept_failures (id, failures)
            VALUES ($1, $2)
            ON CONFLICT (id) DO UPDATE SET failures = excluded.failures
            """;

    /** As it is sealed. */
    private record Lines(List<Line> lines) {}

    private record Line(String day, String trace) {}

    private final Db db;
    private final Vault vault;

    public KeptFailures(Db db, Vault vault) {
        this.db = db;
        this.vault = vault;
    }

    /** Takes over what a server that stops has not told yet. */
    public Future<Void> take(LateFailures late) {
        var more = late.drain();
        return rewrite(kept -> Stream.concat(kept.stream(), more.stream())
                .limit(LateFailures.MOST)
                .toList());
    }

    /** Tells those of days before. */
    public Future<Void> tellEarlier(Instant now) {
        return rewrite(kept -> LateFailures.tell(kept, Shanghai.date(now)));
    }

    private Future<Void> rewrite(UnaryOperator<List<Kept>> change) {
        return db.inTransaction(tx -> tx.run(HOLD)
                .compose(held -> find(tx))
                .compose(kept -> tx.execute(SAVE, ROW, bytes(seal(change.apply(kept)))))
                .mapEmpty());
    }

    private Future<List<Kept>> find(Tx tx) {
        return tx.find(FIND, row -> open(findBytes(row, FAILURES).orElseThrow()), ROW)
                .map(found -> found.orElse(List.of()));
    }

    private byte[] seal(List<Kept> kept) {
        var lines = kept.stream()
                .map(one -> new Line(one.day().toString(), one.trace()))
                .toList();
        return vault.sealPaddedJson(TABLE, FAILURES, ROW, new Lines(lines));
    }

    private List<Kept> open(byte[] failures) {
        return vault.openJson(TABLE, FAILURES, ROW, failures, Lines.class).lines().stream()
                .map(line -> new Kept(LocalDate.parse(line.day()), line.trace()))
                .toList();
    }
}
