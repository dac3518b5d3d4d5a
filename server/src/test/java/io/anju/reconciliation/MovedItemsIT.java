package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.Migrations;
import io.anju.testing.TestDatabases;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A deployment that kept what its channel told in a list of its own finds it on the one list, with its history. */
class MovedItemsIT {
    private static final String TOLD = """
            INSERT INTO payment.item
                   (id, city_code, kind, subject, amount_fen, about, raised_at, resolved_at, resolved_by, resolution)
            VALUES (uuidv7(), '370200', 'paid-after-close', 'P1', 62500, '{}', '2026-03-04 23:30+08', NULL, NULL, NULL),
                   (uuidv7(), NULL, 'unknown-order', 'P2', NULL, '{}', '2026-03-05 00:30+08', '2026-03-06 09:00+08',
                    uuidv7(), '已原路退回。')
            """;

    @Test
    void open_ones_stay_open_and_resolved_ones_keep_who_said_what() throws SQLException {
        var address = TestDatabases.empty();
        Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .defaultSchema("platform")
                .locations("classpath:db/migration")
                .target("781")
                .load()
                .migrate();
        run(address, TOLD);
        Migrations.run(address);
        assertThat(rows(address, """
                SELECT kind, subject, city_code, bill_date, theirs, difference_fen, state, resolution, reason,
                       owner_id IS NULL, resolved_by IS NULL
                  FROM reconciliation.item
                 ORDER BY subject
                """))
                .containsExactly(
                        "paid-after-close P1 370200 2026-03-04 62500 fen 0 open null null t t",
                        "unknown-order P2 null 2026-03-05 null 0 resolved explained 已原路退回。 t f");
        assertThat(rows(address, """
                SELECT i.subject, e.action, e.at = i.found_at, e.at = i.resolved_at, e.actor_id = i.resolved_by, e.note
                  FROM reconciliation.item_event e
                  JOIN reconciliation.item i USING (item_id)
                 ORDER BY i.subject, e.event_id
                """))
                .containsExactly("P1 found t null null null", "P2 found t f null null", "P2 explained f t t 已原路退回。");
        TestDatabases.drop(address);
    }

    private static void run(DbAddress address, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(DbAddress address, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                var columns = new ArrayList<String>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getString(i)));
                }
                all.add(String.join(" ", columns));
            }
            return all;
        }
    }
}
