package io.anju.cli;

import io.anju.platform.db.DbAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the nights of a city have left behind, without the numbers and times that each run gives anew. */
final class NightBooks {
    private static final Map<String, String> QUESTIONS = questions();

    private static final String DONE = """
            SELECT (SELECT count(*) FROM arrears.night WHERE day = ?::date AND finished_at IS NOT NULL) = 1
               AND (SELECT count(*) FROM rent.run WHERE state = 'running') = 0
               AND (SELECT count(*) FROM reconciliation.run WHERE state = 'done') = 1
               AND (SELECT count(*) FROM payment.payment WHERE state <> 'paid') = 0
            """;

    private NightBooks() {}

    private static Map<String, String> questions() {
        var all = new LinkedHashMap<String, String>();
        all.put("bills", """
                SELECT lease_id, charge, from_date, to_date, due_on, amount_fen, subsidy_fen, subsidy_state, paid_fen, credited_fen
                  FROM rent.bill
                """);
        all.put("runs", """
                SELECT city_code, programme, month, state, leases, leases_done, bills, amount_fen, exceptions FROM rent.run
                """);
        all.put("ledger", """
                SELECT p.city_code, p.kind, p.value_date, a.kind, a.owner, e.amount_fen
                  FROM ledger.posting p
                  JOIN ledger.entry e ON e.posting_id = p.id
                  JOIN ledger.account a ON a.id = e.account_id
                """);
        all.put("balances", "SELECT city_code, kind, owner, version, balance_fen FROM ledger.account");
        all.put("steps", """
                SELECT c.lease_id, c.closed_on, s.rung, s.taken_on, s.overdue_fen
                  FROM arrears.arrears_case c
                  LEFT JOIN arrears.step s USING (case_id)
                """);
        all.put("nights", "SELECT day, leases, steps FROM arrears.night");
        all.put("orders", "SELECT out_trade_no, amount_fen, state FROM payment.payment");
        all.put("compared days", """
                SELECT channel, bill_date, number, state, line_count, value_fen, verified_fen, found FROM reconciliation.run
                """);
        all.put("differences", """
                SELECT bill_date, kind, subject, difference_fen, state FROM reconciliation.item
                """);
        all.put("events", """
                SELECT topic, count(*)
                  FROM platform.outbox
                 WHERE topic ~ '^(rent|arrears|payment|reconciliation)\\.'
                 GROUP BY topic
                """);
        return all;
    }

    /** Each question with its answers in order. */
    static Map<String, List<String>> of(DbAddress address) throws SQLException {
        var books = new LinkedHashMap<String, List<String>>();
        try (var connection = open(address)) {
            for (var one : QUESTIONS.entrySet()) {
                books.put(one.getKey(), lines(connection, one.getValue()));
            }
        }
        return books;
    }

    private static Connection open(DbAddress address) throws SQLException {
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static List<String> lines(Connection connection, String question) throws SQLException {
        var lines = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT answer::text FROM (" + question + ") answer ORDER BY 1")) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    /** Whether every job of this night has come to its end. */
    static boolean areDone(DbAddress address, String day) throws SQLException {
        try (var connection = open(address);
                var statement = connection.prepareStatement(DONE)) {
            statement.setString(1, day);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }
}
