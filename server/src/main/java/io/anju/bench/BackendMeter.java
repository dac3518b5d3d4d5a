package io.anju.bench;

import io.anju.platform.db.DbAddress;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The processor time of the sessions of one database on this machine; of those that stay while it is measured. */
final class BackendMeter implements AutoCloseable {
    private final Connection owner;

    BackendMeter(DbAddress address) throws SQLException {
        this.owner = Stage.owner(address);
    }

    /** What each session has used since it began. */
    Map<Long, Duration> used() throws SQLException {
        var used = new HashMap<Long, Duration>();
        try (var statement = owner.createStatement();
                var rows =
                        statement.executeQuery("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")) {
            while (rows.next()) {
                long pid = rows.getLong(1);
                ProcessHandle.of(pid)
                        .flatMap(process -> process.info().totalCpuDuration())
                        .ifPresent(time -> used.put(pid, time));
            }
        }
        return used;
    }

    Duration usedSince(Map<Long, Duration> before) throws SQLException {
        return used().entrySet().stream()
                .filter(session -> before.containsKey(session.getKey()))
                .map(session -> session.getValue().minus(before.getOrDefault(session.getKey(), Duration.ZERO)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** How many processes have wanted a processor in the last minute. */
    static double machineLoad() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    @Override
    public void close() throws SQLException {
        owner.close();
    }
}
