package io.anju.payment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Payments as their payer may take them along. */
final class PaymentFileStore {
    private static final String PAYMENTS = """
            SELECT x.id AS "paymentId", x.out_trade_no AS "outTradeNo", x.channel, x.title, x.amount_fen AS "amountFen",
                   x.refunded_fen AS "refundedFen", x.state, x.created_at AS "createdAt", x.paid_at AS "paidAt",
                   x.transaction_id AS "transactionId"
              FROM payment.payment x
             WHERE x.resident_id = $1
             ORDER BY x.id
             LIMIT 10000
            """;

    private static final String REFUNDS = """
            SELECT x.payment_id AS "paymentId", x.out_refund_no AS "outRefundNo", x.amount_fen AS "amountFen", x.state,
                   x.origin, x.requested_at AS "requestedAt", x.succeeded_at AS "succeededAt"
              FROM payment.refund x
              JOIN payment.payment p ON p.id = x.payment_id
             WHERE p.resident_id = $1
             ORDER BY x.id
             LIMIT 10000
            """;

    private static final String WAITING = """
            SELECT EXISTS (SELECT
                             FROM payment.payment p
                            WHERE p.resident_id = $1 AND p.state IN ('created', 'open', 'closing'))
                OR EXISTS (SELECT
                             FROM payment.refund r
                             JOIN payment.payment p ON p.id = r.payment_id
                            WHERE p.resident_id = $1
                              AND r.state IN ('requested', 'approved', 'processing', 'abnormal')) AS waiting
            """;

    Future<List<ObjectNode>> payments(Sql sql, UUID residentId) {
        return HeldRows.list(sql, PAYMENTS, residentId);
    }

    Future<List<ObjectNode>> refunds(Sql sql, UUID residentId) {
        return HeldRows.list(sql, REFUNDS, residentId);
    }

    Future<Boolean> isWaiting(Sql sql, UUID residentId) {
        return sql.find(WAITING, row -> row.getBoolean("waiting"), residentId).map(found -> found.orElseThrow());
    }
}
