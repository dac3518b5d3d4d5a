package io.anju.payment;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Columns;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code payment.refund} and who agreed to them; what people wrote stays sealed here. */
final class RefundStore {
    static final String TABLE = "payment.refund";
    static final String REASON = "reason_sealed";
    static final String DECISION = "decision_sealed";

    static {
        SqlErrors.constraint("refund_approved_once_by_each", PaymentProblem.ALREADY_APPROVED);
    }

    private static final String INSERT = """
            INSERT INTO payment.refund
                   (id, payment_id, city_code, out_refund_no, amount_fen, state, origin, requested_by, requested_at,
                    reason_sealed, approvals_needed, look_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """;

    private static final String REFUND = """
            SELECT id, payment_id, city_code, out_refund_no, amount_fen, state, version, origin, requested_at,
                   reason_sealed, approvals_needed, approvals, decision_sealed, succeeded_at, looks
              FROM payment.refund
            """;

    private static final String FIND = REFUND + """
             WHERE id = $1
            """;

    private static final String FIND_BY_NUMBER = REFUND + """
             WHERE out_refund_no = $1
            """;

    private static final String LOCK = FIND + """
               FOR NO KEY UPDATE
            """;

    private static final String OF_PAYMENTS = REFUND + """
             WHERE payment_id = ANY ($1::uuid[])
             ORDER BY payment_id, id
            """;

    private static final String OF_CITY = REFUND + """
             WHERE city_code = $1 AND ($2::text IS NULL OR state = $2) AND ($3::uuid IS NULL OR id > $3)
             ORDER BY id
             LIMIT $4
            """;

    private static final String MADE_BETWEEN = REFUND + """
             WHERE succeeded_at >= $1 AND succeeded_at < $2 AND ($3::text IS NULL OR out_refund_no > $3)
             ORDER BY out_refund_no
             LIMIT $4
            """;

    private static final String AGREE = """
            WITH agreed AS (
                INSERT INTO payment.refund_approval (refund_id, staff_id, approved_at)
                VALUES ($1, $2, $3))
            UPDATE payment.refund
               SET approvals = approvals + 1
             WHERE id = $1
            """;

    private static final String MOVE = """
            UPDATE payment.refund
               SET state = $3, version = version + 1, looks = 0, look_at = $4,
                   channel_refund = coalesce($5, channel_refund), succeeded_at = $6
             WHERE id = $1 AND version = $2
            """;

    private static final String REJECT = """
            UPDATE payment.refund
               SET state = 'rejected', version = version + 1, decided_by = $3, decision_sealed = $4
             WHERE id = $1 AND version = $2
            """;

    private static final String TAKE_DUE = """
            WITH due AS (
                SELECT id, make_interval(secs => ($2::int[])[least(looks + 1, cardinality($2::int[]))]) AS pause
                  FROM payment.refund
                 WHERE look_at <= $1
                   AND EXISTS (SELECT FROM payment.payment p WHERE p.id = payment_id AND p.channel = $4)
                 ORDER BY look_at
                 LIMIT $3
                   FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE payment.refund r
                   SET looks = looks + 1,
                       look_at = $1 + due.pause
                  FROM due
                 WHERE r.id = due.id
                RETURNING r.*)
            """ + REFUND.replace("payment.refund", "taken");

    private final Vault vault;

    RefundStore(Vault vault) {
        this.vault = vault;
    }

    Future<Void> insert(Tx tx, RefundOrder refund, @Nullable UUID requestedBy, @Nullable Instant lookAt) {
        var reason = refund.reason();
        return tx.execute(
                        INSERT,
                        refund.id(),
                        refund.paymentId(),
                        refund.cityCode(),
                        refund.outRefundNo(),
                        refund.amountFen(),
                        refund.stage().id(),
                        refund.origin().id(),
                        requestedBy,
                        Columns.at(refund.requestedAt()),
                        reason == null ? null : Columns.bytes(vault.sealText(TABLE, REASON, refund.id(), reason)),
                        refund.approvalsNeeded(),
                        lookAt == null ? null : Columns.at(lookAt))
                .mapEmpty();
    }

    Future<Optional<RefundOrder>> find(Sql sql, UUID id) {
        return sql.find(FIND, this::refund, id);
    }

    Future<Optional<RefundOrder>> findByNumber(Sql sql, String outRefundNo) {
        return sql.find(FIND_BY_NUMBER, this::refund, outRefundNo);
    }

    Future<RefundOrder> lock(Tx tx, UUID id) {
        return tx.find(LOCK, this::refund, id).map(found -> found.orElseThrow());
    }

    Future<List<RefundOrder>> ofPayments(Sql sql, Collection<UUID> paymentIds) {
        return paymentIds.isEmpty()
                ? Future.succeededFuture(List.of())
                : sql.list(OF_PAYMENTS, this::refund, (Object) paymentIds.toArray(UUID[]::new));
    }

    Future<List<RefundOrder>> ofCity(
            Sql sql, String cityCode, @Nullable RefundStage stage, @Nullable UUID after, int limit) {
        return sql.list(OF_CITY, this::refund, cityCode, stage == null ? null : stage.id(), after, limit);
    }

    Future<List<RefundOrder>> madeBetween(Sql sql, Instant from, Instant until, @Nullable String after, int limit) {
        return sql.list(MADE_BETWEEN, this::refund, Columns.at(from), Columns.at(until), after, limit);
    }

    /** Notes that an official agrees; refuses the second time of one and the same. */
    Future<Void> agree(Tx tx, UUID refundId, UUID staffId, Instant now) {
        return tx.execute(AGREE, refundId, staffId, Columns.at(now)).mapEmpty();
    }

    /**
     * Moves a locked refund.
     *
     * @param lookAt when to ask the channel; none where nothing is left to ask
     */
    Future<Void> move(
            Tx tx,
            RefundOrder refund,
            RefundStage stage,
            @Nullable Instant lookAt,
            @Nullable String channelRefund,
            @Nullable Instant succeededAt) {
        return tx.execute(
                        MOVE,
                        refund.id(),
                        refund.version(),
                        stage.id(),
                        lookAt == null ? null : Columns.at(lookAt),
                        channelRefund,
                        succeededAt == null ? null : Columns.at(succeededAt))
                .compose(rows -> required(rows, refund));
    }

    Future<Void> reject(Tx tx, RefundOrder refund, UUID staffId, String decision) {
        var sealedText = Columns.bytes(vault.sealText(TABLE, DECISION, refund.id(), decision));
        return tx.execute(REJECT, refund.id(), refund.version(), staffId, sealedText)
                .compose(rows -> required(rows, refund));
    }

    private static Future<Void> required(int rows, RefundOrder refund) {
        return rows == 1
                ? Future.succeededFuture()
                : Future.failedFuture(new IllegalStateException("refund " + refund.id() + " moved under its lock"));
    }

    Future<List<RefundOrder>> takeDue(Sql sql, String channel, Instant now, Integer[] ladderSeconds, int most) {
        return sql.list(TAKE_DUE, this::refund, Columns.at(now), ladderSeconds, most, channel);
    }

    private RefundOrder refund(Row row) {
        var id = row.getUUID("id");
        return new RefundOrder(
                id,
                row.getUUID("payment_id"),
                row.getString("city_code"),
                row.getString("out_refund_no"),
                row.getLong("amount_fen"),
                RefundStage.of(row.getString("state")),
                row.getLong("version"),
                RefundOrder.Origin.of(row.getString("origin")),
                Columns.instant(row, "requested_at"),
                text(row, REASON, id),
                row.getInteger("approvals_needed"),
                row.getInteger("approvals"),
                text(row, DECISION, id),
                Columns.findInstant(row, "succeeded_at").orElse(null),
                row.getInteger("looks"));
    }

    private @Nullable String text(Row row, String column, UUID id) {
        return Columns.findBytes(row, column)
                .map(bytes -> vault.openText(TABLE, column, id, bytes))
                .orElse(null);
    }
}
