package io.anju.payment;

import io.anju.payment.Movement.Kind;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Orders and refunds as movements of money. */
final class MovementStore {
    private static final String PAYMENTS = """
            SELECT out_trade_no AS number, city_code, amount_fen, paid_at AS done_at, transaction_id AS channel_number
              FROM payment.payment
            """;

    private static final String REFUNDS = """
            SELECT r.out_refund_no AS number, r.city_code, r.amount_fen, r.succeeded_at AS done_at,
                   r.channel_refund AS channel_number
              FROM payment.refund r
              JOIN payment.payment p ON p.id = r.payment_id
            """;

    private static final String PAYMENTS_BETWEEN = PAYMENTS + """
             WHERE channel = $1 AND paid_at >= $2 AND paid_at < $3 AND out_trade_no > $4
             ORDER BY out_trade_no
             LIMIT $5
            """;

    private static final String REFUNDS_BETWEEN = REFUNDS + """
             WHERE p.channel = $1 AND r.succeeded_at >= $2 AND r.succeeded_at < $3 AND r.out_refund_no > $4
             ORDER BY r.out_refund_no
             LIMIT $5
            """;

    Future<List<Movement>> between(
            Sql sql, String channel, Kind kind, Instant from, Instant to, String after, int limit) {
        return sql.list(
                kind == Kind.PAYMENT ? PAYMENTS_BETWEEN : REFUNDS_BETWEEN,
                row -> movement(kind, row),
                channel,
                Columns.at(from),
                Columns.at(to),
                after,
                limit);
    }

    /** Ids grow with the time at which they were given. */
    private static final String FIRST_USE = """
            SELECT created_at
              FROM payment.payment
             WHERE channel = $1
             ORDER BY id
             LIMIT 1
            """;

    Future<Optional<Instant>> firstUse(Sql sql, String channel) {
        return sql.find(FIRST_USE, row -> Columns.instant(row, "created_at"), channel);
    }

    private static final String PAYMENTS_NAMED = PAYMENTS + " WHERE channel = $1 AND out_trade_no = ANY($2)";

    private static final String REFUNDS_NAMED = REFUNDS + " WHERE p.channel = $1 AND r.out_refund_no = ANY($2)";

    Future<List<Movement>> named(Sql sql, String channel, Kind kind, List<String> numbers) {
        return sql.list(
                kind == Kind.PAYMENT ? PAYMENTS_NAMED : REFUNDS_NAMED,
                row -> movement(kind, row),
                channel,
                numbers.toArray(String[]::new));
    }

    private static Movement movement(Kind kind, Row row) {
        return new Movement(
                kind,
                row.getString("number"),
                row.getString("city_code"),
                row.getLong("amount_fen"),
                Columns.findInstant(row, "done_at").orElse(null),
                row.getString("channel_number"));
    }
}
