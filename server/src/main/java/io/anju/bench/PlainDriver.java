package io.anju.bench;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.DbSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** Runs the statements by JDBC, a thread for each connection: where pgbench is not installed. */
final class PlainDriver implements PlainRun {
    private final List<Session> sessions;

    private PlainDriver(List<Session> sessions) {
        this.sessions = sessions;
    }

    static PlainDriver open(DbAddress address, List<PlainScript.Statement> statements, int connections)
            throws SQLException {
        var sessions = new ArrayList<Session>();
        for (int i = 0; i < connections; i++) {
            sessions.add(Session.open(Stage.owner(address), statements));
        }
        return new PlainDriver(sessions);
    }

    @Override
    public String name() {
        return "a plain driver (JDBC)";
    }

    @Override
    public double run(int from, int count) throws Exception {
        var threads = Executors.newFixedThreadPool(sessions.size());
        long begun = System.nanoTime();
        var shares = new ArrayList<Callable<Void>>();
        for (int i = 0; i < sessions.size(); i++) {
            int first = i;
            shares.add(() -> {
                for (int n = first; n < count; n += sessions.size()) {
                    sessions.get(first).run(from + n);
                }
                return null;
            });
        }
        for (var share : threads.invokeAll(shares)) {
            share.get();
        }
        threads.shutdown();
        return count / Stage.seconds(begun);
    }

    @Override
    public void close() throws SQLException {
        for (var session : sessions) {
            session.connection().close();
        }
    }

    /** A prepared statement, and which names stand at its slots. */
    private record Prepared(PreparedStatement statement, List<String> names, boolean learns) {}

    private record Session(Connection connection, List<Prepared> statements) {
        static Session open(Connection connection, List<PlainScript.Statement> statements) throws SQLException {
            Stage.run(connection, "SET ROLE " + DbSettings.APP_ROLE);
            var prepared = new ArrayList<Prepared>();
            for (var each : statements) {
                var names = new ArrayList<String>();
                var sql = NAME.matcher(each.sql()).replaceAll(name -> {
                    names.add(name.group(1));
                    return "?";
                });
                prepared.add(new Prepared(connection.prepareStatement(sql), names, each.learns()));
            }
            return new Session(connection, prepared);
        }

        void run(int n) throws SQLException {
            Map<String, String> values = new HashMap<>();
            values.put("n", Integer.toString(n));
            for (var each : statements) {
                var statement = each.statement();
                for (int i = 0; i < each.names().size(); i++) {
                    statement.setObject(i + 1, values.get(each.names().get(i)), Types.OTHER);
                }
                if (statement.execute() && each.learns()) {
                    learn(statement, values);
                }
            }
        }

        private static void learn(PreparedStatement statement, Map<String, String> values) throws SQLException {
            try (var rows = statement.getResultSet()) {
                rows.next();
                var columns = rows.getMetaData();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    values.put(columns.getColumnLabel(i), rows.getString(i));
                }
            }
        }
    }
}
