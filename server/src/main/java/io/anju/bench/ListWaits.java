package io.anju.bench;

import io.anju.platform.db.DbAddress;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds the lists for an instant, again and again, as whoever adds a fact does, and keeps how long that took at most. */
final class ListWaits implements AutoCloseable {
    private static final int EVERY_MILLIS = 100;

    private final Thread thread;
    private volatile double longestSeconds;
    private final AtomicInteger times = new AtomicInteger();
    private volatile boolean isOver;

    ListWaits(DbAddress address) {
        thread = new Thread(() -> hold(address), "list-waits");
        thread.setDaemon(true);
        thread.start();
    }

    private void hold(DbAddress address) {
        try (var owner = Stage.owner(address)) {
            owner.setAutoCommit(false);
            while (!isOver) {
                long begun = System.nanoTime();
                Stage.run(owner, "SELECT FROM waitinglist.list FOR UPDATE");
                owner.rollback();
                longestSeconds = Math.max(longestSeconds, Stage.seconds(begun));
                times.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    double longestSeconds() {
        return longestSeconds;
    }

    int times() {
        return times.get();
    }

    @Override
    public void close() throws InterruptedException {
        isOver = true;
        thread.join();
    }
}
