package io.anju.payment;

import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code payment.item}. */
final class PaymentItemStore {
    static {
        SqlErrors.constraint("item_resolved_once", PaymentProblem.ITEM_RESOLVED);
    }

    /** One item for one fact, however often the channel tells it. */
    private static final String RAISE = """
            INSERT INTO payment.item (city_code, kind, subject, amount_fen, about, raised_at)
            VALUES ($1, $2, $3, $4, $5::text::jsonb, $6)
            ON CONFLICT ON CONSTRAINT item_once_per_subject DO NOTHING
            """;

    private static final String ITEM = """
            SELECT id, city_code, kind, subject, amount_fen, raised_at, resolved_at, resolution
              FROM payment.item
            """;

    private static final String LIST = ITEM + """
             WHERE (city_code = $1 OR city_code IS NULL)
               AND ($2::boolean IS NULL OR (resolved_at IS NULL) = $2)
               AND ($3::uuid IS NULL OR id > $3)
             ORDER BY id
             LIMIT $4
            """;

    private static final String FIND = ITEM + """
             WHERE id = $1 AND (city_code = $2 OR city_code IS NULL)
            """;

    private static final String RESOLVE = """
            UPDATE payment.item
               SET resolved_at = $2, resolved_by = $3, resolution = $4
             WHERE id = $1
            """;

    private static final String OPEN_AGE = """
            SELECT count(*) AS open, coalesce(extract(epoch FROM $1 - min(raised_at)), 0)::bigint AS age_seconds
              FROM payment.item
             WHERE resolved_at IS NULL
            """;

    /** How many are open, and how long the oldest has been. */
    record OpenItems(long open, long ageSeconds) {}

    Future<Boolean> raise(
            Tx tx,
            @Nullable String cityCode,
            PaymentItem.Kind kind,
            String subject,
            @Nullable Long amountFen,
            String about,
            Instant now) {
        return tx.execute(RAISE, cityCode, kind.id(), subject, amountFen, about, Columns.at(now))
                .map(rows -> rows == 1);
    }

    Future<List<PaymentItem>> list(Sql sql, String cityCode, @Nullable Boolean open, @Nullable UUID after, int limit) {
        return sql.list(LIST, PaymentItemStore::item, cityCode, open, after, limit);
    }

    Future<Optional<PaymentItem>> find(Sql sql, UUID id, String cityCode) {
        return sql.find(FIND, PaymentItemStore::item, id, cityCode);
    }

    Future<Void> resolve(Tx tx, UUID id, UUID by, String resolution, Instant now) {
        return tx.execute(RESOLVE, id, Columns.at(now), by, resolution).mapEmpty();
    }

    Future<OpenItems> openItems(Sql sql, Instant now) {
        return sql.find(
                        OPEN_AGE,
                        row -> new OpenItems(row.getLong("open"), row.getLong("age_seconds")),
                        Columns.at(now))
                .map(found -> found.orElseThrow());
    }

    private static PaymentItem item(Row row) {
        return new PaymentItem(
                row.getUUID("id"),
                row.getString("city_code"),
                PaymentItem.Kind.of(row.getString("kind")),
                row.getString("subject"),
                row.getLong("amount_fen"),
                Columns.instant(row, "raised_at"),
                Columns.findInstant(row, "resolved_at").orElse(null),
                row.getString("resolution"));
    }
}
