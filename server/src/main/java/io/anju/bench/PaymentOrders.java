package io.anju.bench;

import io.anju.platform.db.DbAddress;
import io.anju.platform.time.Shanghai;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Bills with an order each that waits to be paid. */
final class PaymentOrders {
    /** The number has the length of a real one. */
    private static final String CHOOSE = """
            CREATE TABLE bench_order AS
            SELECT row_number() OVER (ORDER BY bill_id) AS n, uuidv7() AS id,
                   'P' || city_code || lpad((row_number() OVER (ORDER BY bill_id))::text, 25, '0') AS out_trade_no,
                   city_code, lease_id, bill_id, amount_fen AS fen
              FROM (SELECT DISTINCT ON (lease_id) bill_id, lease_id, city_code, amount_fen
                      FROM rent.bill
                     WHERE charge = 'rent' AND subsidy_fen = 0 AND paid_fen = 0
                     ORDER BY lease_id, due_on) one
            """;

    private static final String INSERT = """
            INSERT INTO payment.payment
                   (id, city_code, resident_id, lease_id, channel, out_trade_no, request_key, bill_ids, title, amount_fen,
                    created_at, expires_at, look_at)
            SELECT id, city_code, uuidv7(), lease_id, 'wechat', out_trade_no, id::text, ARRAY[bill_id], '租金', fen,
                   now(), now() + interval '1 day', now() + interval '1 day'
              FROM bench_order
            """;

    private static final String HOLD =
            "INSERT INTO payment.open_bill (bill_id, payment_id) SELECT bill_id, id FROM bench_order";

    private static final String OPEN =
            "UPDATE payment.payment SET state = 'open', version = version + 1, prepay_id = 'wx' || id";

    /** The channel's account is there before the first notice, as in any city that was ever paid anything. */
    private static final String ACCOUNT = """
            INSERT INTO ledger.account (city_code, kind, owner)
            SELECT DISTINCT city_code, 'clearing', 'wechat'
              FROM bench_order
            """;

    private static final String READ =
            "SELECT id, out_trade_no, lease_id, bill_id, fen FROM bench_order ORDER BY n LIMIT ?";

    private static final String POSTED = """
            SELECT count(*) = ? AND sum(e.amount_fen) = (SELECT sum(amount_fen) FROM payment.payment WHERE state = 'paid')
              FROM ledger.posting p
              JOIN ledger.entry e ON e.posting_id = p.id AND e.amount_fen > 0
             WHERE p.kind = 'payment'
            """;

    private PaymentOrders() {}

    /** An order that waits; {@code fen} is what its one bill asks for. */
    record Order(UUID id, String number, UUID leaseId, UUID billId, long fen) {
        String transactionId() {
            return "42" + number.substring(7);
        }
    }

    /** Bills so many leases of few terms, and makes the orders. */
    static List<Order> prepare(Stage stage, String database, int count, int terms) throws Exception {
        var now = Instant.now();
        var address = stage.database(database);
        try (var world = World.start(address, stage.folder(), (tx, sql, batch, values, answer) -> {})) {
            var desk = LeaseDesk.open(world, now);
            desk.sign(terms, Shanghai.date(now));
            new LeaseFill(world.domains(), now).add(count);
            desk.startRun(Shanghai.date(now).withDayOfMonth(1));
            world.domains().jobs.runDue(Instant.now()).await();
        }
        try (var owner = Stage.owner(address)) {
            for (var sql : List.of(CHOOSE, INSERT, HOLD, OPEN, ACCOUNT, "VACUUM ANALYZE")) {
                Stage.run(owner, sql);
            }
            return read(address, count);
        }
    }

    private static List<Order> read(DbAddress address, int count) throws SQLException {
        var orders = new ArrayList<Order>();
        try (var owner = Stage.owner(address);
                var query = owner.prepareStatement(READ)) {
            query.setInt(1, count);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    orders.add(new Order(
                            rows.getObject(1, UUID.class),
                            rows.getString(2),
                            rows.getObject(3, UUID.class),
                            rows.getObject(4, UUID.class),
                            rows.getLong(5)));
                }
            }
        }
        if (orders.size() != count) {
            throw new IllegalStateException("only " + orders.size() + " bills could be made");
        }
        return orders;
    }

    /** Fails where not exactly so many payments were posted, each with its order's amount. */
    static void requirePosted(DbAddress address, int count) throws SQLException {
        try (var owner = Stage.owner(address);
                var query = owner.prepareStatement(POSTED)) {
            query.setInt(1, count);
            try (var rows = query.executeQuery()) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    throw new IllegalStateException("not every notice was posted in " + address.database());
                }
            }
        }
    }
}
