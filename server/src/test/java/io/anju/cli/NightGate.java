package io.anju.cli;

import io.anju.platform.db.DbAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** Holds each nightly job up in the middle of a transaction, with half of what it writes written. */
final class NightGate implements AutoCloseable {
    private static final long KEY = 7_302;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What each job writes, and when it is held up. */
    private enum Job {
        ARREARS("arrears.step", "AFTER INSERT", "true"),
        BILL_RUN("rent.bill", "AFTER INSERT", "NEW.charge = 'rent'"),
        SWEEP("payment.payment", "AFTER UPDATE", "NEW.state = 'paid'"),
        RECONCILIATION("reconciliation.run", "AFTER UPDATE", "NEW.state = 'done'");

        private final String table;
        private final String moment;
        private final String condition;

        Job(String table, String moment, String condition) {
            this.table = table;
            this.moment = moment;
            this.condition = condition;
        }

        String closing() {
            return "CREATE TRIGGER test_gate " + moment + " ON " + table + " FOR EACH ROW WHEN (" + condition
                    + ") EXECUTE FUNCTION platform.test_gate()";
        }
    }

    private final Connection owner;

    private NightGate(Connection owner) {
        this.owner = owner;
    }

    static NightGate close(DbAddress address) throws SQLException {
        var gate = new NightGate(DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password()));
        gate.run("SELECT pg_advisory_lock(" + KEY + ")");
        gate.run("CREATE FUNCTION platform.test_gate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " PERFORM pg_advisory_xact_lock(" + KEY + "); RETURN NULL; END $$");
        for (var job : Job.values()) {
            gate.run(job.closing());
        }
        return gate;
    }

    private void run(String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    void awaitAllJobs() throws Exception {
        var end = System.nanoTime() + LIMIT.toNanos();
        for (var waiting = waiting(); waiting != Job.values().length; waiting = waiting()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(waiting + " jobs wait at the gate, not " + Job.values().length);
            }
            Thread.sleep(20);
        }
    }

    private int waiting() throws SQLException {
        try (var statement = owner.createStatement();
                var rows =
                        statement.executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = "
                                + KEY + " AND NOT granted")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Lets go of whoever waits, and takes the gate away once what they had begun is undone. */
    @Override
    public void close() throws SQLException {
        run("SELECT pg_advisory_unlock(" + KEY + ")");
        run("DROP FUNCTION platform.test_gate() CASCADE");
        owner.close();
    }
}
