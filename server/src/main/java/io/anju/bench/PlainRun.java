package io.anju.bench;

import io.anju.bench.PaymentOrders.Order;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Runs the statements of notices on a database where nobody else works: no HTTP, no signature, no JSON. */
interface PlainRun extends AutoCloseable {
    /** Who runs them. */
    String name();

    /** Runs those of so many orders from this one on; gives how many in a second. */
    double run(int from, int count) throws Exception;

    @Override
    void close() throws SQLException;

    /** By pgbench, or by a driver of our own where there is none. */
    static PlainRun open(DbAddress address, Path folder, PlainScript script, List<Order> orders, int connections)
            throws IOException, InterruptedException, SQLException {
        store(address, script, orders);
        var statements = withValues(script);
        var version = Pgbench.version();
        return version.isPresent()
                ? Pgbench.open(version.get(), address, folder.resolve("notice.pgbench"), statements, connections)
                : PlainDriver.open(address, statements, connections);
    }

    /** The values of each order's names lie in a row, which the first statement after BEGIN reads beside what it locks. */
    private static List<PlainScript.Statement> withValues(PlainScript script) {
        var statements = new ArrayList<>(script.statements());
        var find = statements.get(1).sql().replaceAll(":(v0_\\d+)", "told.$1");
        statements.set(
                1,
                new PlainScript.Statement(
                        "SELECT told.*, found.id AS found FROM bench_told told LEFT JOIN LATERAL (" + find
                                + ") found ON true WHERE told.n = :n::bigint",
                        true));
        return statements;
    }

    private static void store(DbAddress address, PlainScript script, List<Order> orders) throws SQLException {
        var names = List.copyOf(script.values().keySet());
        var columns = names.stream().map(name -> name + " text").collect(Collectors.joining(", "));
        try (var owner = Stage.owner(address)) {
            Stage.run(owner, "CREATE TABLE bench_told (n bigint PRIMARY KEY, " + columns + ")");
            var slots = names.stream().map(name -> "?").collect(Collectors.joining(", "));
            try (var insert = owner.prepareStatement("INSERT INTO bench_told VALUES (?, " + slots + ")")) {
                for (int n = 0; n < orders.size(); n++) {
                    insert.setLong(1, n);
                    var values = script.valuesFor(orders.get(n));
                    for (int i = 0; i < values.size(); i++) {
                        insert.setString(i + 2, values.get(i));
                    }
                    insert.addBatch();
                    if (n % 1000 == 999) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            Stage.run(owner, "GRANT SELECT ON bench_told TO " + DbSettings.APP_ROLE);
            Stage.run(owner, "VACUUM ANALYZE bench_told");
        }
    }

    /** A name in a statement, such as {@code :fen}; casts have two colons. */
    Pattern NAME = Pattern.compile("(?<!:):([a-z]\\w*)");
}
