package io.anju.payment;

import io.anju.payment.PaymentProvider.ChannelPayment;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code payment.payment} and the bills that open orders hold. */
final class PaymentStore {
    static {
        SqlErrors.constraint("bill_in_one_open_payment", PaymentProblem.BILL_BEING_PAID);
    }

    /** Nothing where this request has made its order already. */
    private static final String INSERT = """
            WITH made AS (
                INSERT INTO payment.payment
                       (id, city_code, resident_id, lease_id, channel, out_trade_no, request_key, bill_ids, title,
                        amount_fen, created_at, expires_at, look_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                ON CONFLICT ON CONSTRAINT payment_once_per_request DO NOTHING
                RETURNING id, bill_ids)
            INSERT INTO payment.open_bill (bill_id, payment_id)
            SELECT unnest(bill_ids), id
              FROM made
            """;

    private static final String ORDER = """
            SELECT id, city_code, resident_id, lease_id, channel, out_trade_no, bill_ids, title, amount_fen, state,
                   version, created_at, expires_at, prepay_id, transaction_id, paid_at, reserved_fen, refunded_fen,
                   refunds, looks
              FROM payment.payment
            """;

    private static final String FIND = ORDER + """
             WHERE id = $1
            """;

    private static final String FIND_BY_NUMBER = ORDER + """
             WHERE out_trade_no = $1
            """;

    private static final String FIND_BY_REQUEST = ORDER + """
             WHERE resident_id = $1 AND request_key = $2
            """;

    private static final String LOCK = FIND + """
               FOR NO KEY UPDATE
            """;

    private static final String LOCK_BY_NUMBER = FIND_BY_NUMBER + """
               FOR NO KEY UPDATE
            """;

    private static final String OF_RESIDENT = ORDER + """
             WHERE resident_id = $1 AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3
            """;

    private static final String OF_CITY = ORDER + """
             WHERE city_code = $1 AND ($2::text IS NULL OR out_trade_no = $2) AND ($3::text IS NULL OR state = $3)
               AND ($4::uuid IS NULL OR id < $4)
             ORDER BY id DESC
             LIMIT $5
            """;

    private static final String PAID_BETWEEN = ORDER + """
             WHERE channel = $1 AND paid_at >= $2 AND paid_at < $3 AND ($4::text IS NULL OR out_trade_no > $4)
             ORDER BY out_trade_no
             LIMIT $5
            """;

    private static final String OPENED = """
            UPDATE payment.payment
               SET state = 'open', version = version + 1, prepay_id = $3
             WHERE id = $1 AND version = $2
            """;

    private static final String CLOSING = """
            UPDATE payment.payment
               SET state = 'closing', version = version + 1, looks = 0, look_at = $3
             WHERE id = $1 AND version = $2
            """;

    /** The bills are free from here on. */
    private static final String ENDED = """
            WITH freed AS (DELETE FROM payment.open_bill WHERE payment_id = $1)
            UPDATE payment.payment
               SET state = $3, version = version + 1, look_at = NULL
             WHERE id = $1 AND version = $2
            """;

    private static final String PAID = """
            WITH freed AS (DELETE FROM payment.open_bill WHERE payment_id = $1)
            UPDATE payment.payment
               SET state = $3, version = version + 1, look_at = NULL, transaction_id = $4, paid_at = $5
             WHERE id = $1 AND version = $2
            """;

    private static final String RESERVE = """
            UPDATE payment.payment
               SET reserved_fen = reserved_fen + $2, refunds = refunds + 1
             WHERE id = $1
            """;

    private static final String RELEASE = """
            UPDATE payment.payment
               SET reserved_fen = reserved_fen - $2
             WHERE id = $1
            """;

    private static final String REFUNDED = """
            UPDATE payment.payment
               SET refunded_fen = refunded_fen + $2
             WHERE id = $1
            """;

    /** Each look is taken by one instance; the next one comes later and later, but an order is closed on time. */
    private static final String TAKE_DUE = """
            WITH due AS (
                SELECT id, make_interval(secs => ($2::int[])[least(looks + 1, cardinality($2::int[]))]) AS pause
                  FROM payment.payment
                 WHERE look_at <= $1 AND channel = $4
                 ORDER BY look_at
                 LIMIT $3
                   FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE payment.payment p
                   SET looks = looks + 1,
                       look_at = CASE WHEN state IN ('created', 'open') AND expires_at > $1
                                      THEN least($1 + due.pause, expires_at)
                                      ELSE $1 + due.pause
                                  END
                  FROM due
                 WHERE p.id = due.id
                RETURNING p.*)
            """ + ORDER.replace("payment.payment", "taken");

    Future<Void> insert(Tx tx, PaymentOrder order, String requestKey, Instant lookAt) {
        return tx.execute(
                        INSERT,
                        order.id(),
                        order.cityCode(),
                        order.residentId(),
                        order.leaseId(),
                        order.channel(),
                        order.outTradeNo(),
                        requestKey,
                        order.billIds().toArray(UUID[]::new),
                        order.title(),
                        order.amountFen(),
                        Columns.at(order.createdAt()),
                        Columns.at(order.expiresAt()),
                        Columns.at(lookAt))
                .mapEmpty();
    }

    Future<Optional<PaymentOrder>> find(Sql sql, UUID id) {
        return sql.find(FIND, PaymentStore::order, id);
    }

    Future<Optional<PaymentOrder>> findByNumber(Sql sql, String outTradeNo) {
        return sql.find(FIND_BY_NUMBER, PaymentStore::order, outTradeNo);
    }

    Future<Optional<PaymentOrder>> findByRequest(Sql sql, UUID residentId, String requestKey) {
        return sql.find(FIND_BY_REQUEST, PaymentStore::order, residentId, requestKey);
    }

    Future<Optional<PaymentOrder>> lock(Tx tx, UUID id) {
        return tx.find(LOCK, PaymentStore::order, id);
    }

    Future<Optional<PaymentOrder>> lockByNumber(Tx tx, String outTradeNo) {
        return tx.find(LOCK_BY_NUMBER, PaymentStore::order, outTradeNo);
    }

    Future<List<PaymentOrder>> ofResident(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(OF_RESIDENT, PaymentStore::order, residentId, before, limit);
    }

    Future<List<PaymentOrder>> ofCity(
            Sql sql,
            String cityCode,
            @Nullable String outTradeNo,
            @Nullable OrderState state,
            @Nullable UUID before,
            int limit) {
        return sql.list(
                OF_CITY, PaymentStore::order, cityCode, outTradeNo, state == null ? null : state.id(), before, limit);
    }

    Future<List<PaymentOrder>> paidBetween(
            Sql sql, String channel, Instant from, Instant until, @Nullable String after, int limit) {
        return sql.list(PAID_BETWEEN, PaymentStore::order, channel, Columns.at(from), Columns.at(until), after, limit);
    }

    Future<Void> opened(Tx tx, PaymentOrder order, String prepayId) {
        return moved(tx.execute(OPENED, order.id(), order.version(), prepayId), order);
    }

    Future<Void> closing(Tx tx, PaymentOrder order, Instant lookAt) {
        return moved(tx.execute(CLOSING, order.id(), order.version(), Columns.at(lookAt)), order);
    }

    Future<Void> ended(Tx tx, PaymentOrder order, OrderState state) {
        return moved(tx.execute(ENDED, order.id(), order.version(), state.id()), order);
    }

    Future<Void> paid(Tx tx, PaymentOrder order, OrderState state, ChannelPayment told) {
        var paidAt = Objects.requireNonNull(told.paidAt());
        return moved(
                tx.execute(PAID, order.id(), order.version(), state.id(), told.transactionId(), Columns.at(paidAt)),
                order);
    }

    /** The row is locked, so another version is a bug. */
    private static Future<Void> moved(Future<Integer> rows, PaymentOrder order) {
        return rows.map(count -> {
            if (count != 1) {
                throw new IllegalStateException("payment " + order.id() + " moved under its lock");
            }
            return null;
        });
    }

    Future<Void> reserve(Tx tx, UUID id, long amountFen) {
        return tx.execute(RESERVE, id, amountFen).mapEmpty();
    }

    Future<Void> release(Tx tx, UUID id, long amountFen) {
        return tx.execute(RELEASE, id, amountFen).mapEmpty();
    }

    Future<Void> refunded(Tx tx, UUID id, long amountFen) {
        return tx.execute(REFUNDED, id, amountFen).mapEmpty();
    }

    Future<List<PaymentOrder>> takeDue(Sql sql, String channel, Instant now, Integer[] ladderSeconds, int most) {
        return sql.list(TAKE_DUE, PaymentStore::order, Columns.at(now), ladderSeconds, most, channel);
    }

    private static PaymentOrder order(Row row) {
        return new PaymentOrder(
                row.getUUID("id"),
                row.getString("city_code"),
                row.getUUID("resident_id"),
                row.getUUID("lease_id"),
                row.getString("channel"),
                row.getString("out_trade_no"),
                List.of(row.getArrayOfUUIDs("bill_ids")),
                row.getString("title"),
                row.getLong("amount_fen"),
                OrderState.of(row.getString("state")),
                row.getLong("version"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "expires_at"),
                row.getString("prepay_id"),
                row.getString("transaction_id"),
                Columns.findInstant(row, "paid_at").orElse(null),
                row.getLong("reserved_fen"),
                row.getLong("refunded_fen"),
                row.getInteger("refunds"),
                row.getInteger("looks"));
    }
}
