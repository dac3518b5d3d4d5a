package io.anju.reconciliation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.Entry;
import io.anju.ledger.LedgerService;
import io.anju.ledger.NewPosting;
import io.anju.ledger.PostingKind;
import io.anju.platform.time.Shanghai;
import io.anju.testing.Anju;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Payments and refunds of a day as if they had been made, with their postings: many at once, for a test. */
final class DayBooks {
    static final String CITY = "370200";
    private static final int POSTINGS_AT_ONCE = 2_000;

    private static final String PAYMENTS = """
            INSERT INTO payment.payment
                   (id, city_code, resident_id, lease_id, channel, out_trade_no, request_key, bill_ids, title,
                    amount_fen, state, created_at, expires_at, transaction_id, paid_at, reserved_fen, refunded_fen,
                    refunds)
            SELECT uuidv7(), '%s', uuidv7(), uuidv7(), 'wechat', 'PAY' || lpad(i::text, 8, '0'),
                   'request-key-' || lpad(i::text, 10, '0'), ARRAY[uuidv7()], '租金', 5000 + i %% 997,
                   CASE WHEN i <= %d THEN 'closed' ELSE 'paid' END, at, at + interval '30 minutes',
                   CASE WHEN i <= %d THEN NULL ELSE '42' || lpad(i::text, 16, '0') END,
                   CASE WHEN i <= %d THEN NULL ELSE at END,
                   CASE WHEN i > %d AND i <= %d THEN 100 ELSE 0 END, CASE WHEN i > %d AND i <= %d THEN 100 ELSE 0 END,
                   CASE WHEN i > %d AND i <= %d THEN 1 ELSE 0 END
              FROM generate_series(1, %d) AS i,
                   LATERAL (SELECT timestamptz '%s 00:00:01+08' + i %% 86000 * interval '1 second' AS at) AS moment
            """;

    private static final String REFUNDS = """
            INSERT INTO payment.refund
                   (id, payment_id, city_code, out_refund_no, amount_fen, state, origin, requested_at,
                    approvals_needed, channel_refund, succeeded_at)
            SELECT uuidv7(), id, city_code, replace(out_trade_no, 'PAY', 'REFUND'), 100, 'succeeded', 'staff', paid_at,
                   0, '50' || substr(transaction_id, 3), paid_at
              FROM payment.payment
             WHERE refunds = 1
            """;

    private final Anju anju;
    private final LocalDate day;
    final int closed;
    final int payments;
    final int refunds;

    /**
     * @param closed orders that were closed without money; they have the first numbers
     * @param payments all orders
     * @param refunds of the first of those that are paid
     */
    DayBooks(Anju anju, LocalDate day, int closed, int payments, int refunds) {
        this.anju = anju;
        this.day = day;
        this.closed = closed;
        this.payments = payments;
        this.refunds = refunds;
    }

    static String payment(int i) {
        return "PAY%08d".formatted(i);
    }

    static String refund(int i) {
        return "REFUND%08d".formatted(i);
    }

    static String transaction(int i) {
        return "42%016d".formatted(i);
    }

    static String refundId(int i) {
        return "50%016d".formatted(i);
    }

    static long fen(int i) {
        return 5000L + i % 997;
    }

    boolean isRefunded(int i) {
        return i > closed && i <= closed + refunds;
    }

    /** Writes it all, but leaves the postings of some payments out. */
    void write(IntPredicate unposted) {
        var to = closed + refunds;
        execute(
                PAYMENTS.formatted(CITY, closed, closed, closed, closed, to, closed, to, closed, to, payments, day),
                REFUNDS);
        var postings = new ArrayList<NewPosting>();
        for (int i = closed + 1; i <= payments; i++) {
            if (!unposted.test(i)) {
                postings.add(posting("payment:" + payment(i), PostingKind.PAYMENT, fen(i)));
            }
            if (isRefunded(i)) {
                postings.add(posting("refund:" + refund(i), PostingKind.REFUND, -100));
            }
        }
        post(postings);
    }

    void post(List<NewPosting> postings) {
        var ledger = new LedgerService();
        var now = Shanghai.endOf(day);
        for (int from = 0; from < postings.size(); from += POSTINGS_AT_ONCE) {
            var some = postings.subList(from, Math.min(from + POSTINGS_AT_ONCE, postings.size()));
            Anju.await(anju.db().inTransaction(tx -> ledger.postAll(tx, some, now)), 120);
        }
    }

    NewPosting posting(String key, PostingKind kind, long fen) {
        return new NewPosting(
                CITY,
                key,
                kind,
                day,
                JsonNodeFactory.instance.objectNode(),
                List.of(
                        new Entry(new AccountKey(CITY, AccountKind.CLEARING, "wechat"), fen),
                        new Entry(new AccountKey(CITY, AccountKind.RENT_INCOME, "city-housing"), -fen)));
    }

    /** As the owner of the database. */
    void execute(String... statements) {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
            statement.execute("ANALYZE payment.payment, payment.refund");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The bill that agrees with it. */
    List<BillText.Line> lines() {
        var lines = new ArrayList<BillText.Line>();
        for (int i = closed + 1; i <= payments; i++) {
            lines.add(BillText.payment(day, payment(i), transaction(i), fen(i)));
        }
        for (int i = closed + 1; i <= closed + refunds; i++) {
            lines.add(BillText.refund(day, refund(i), refundId(i), 100));
        }
        return lines;
    }

    static Instant readyAt(LocalDate day) {
        return ReconciliationRun.readyAt(day);
    }
}
