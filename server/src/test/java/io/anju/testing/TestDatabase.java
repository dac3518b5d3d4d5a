package io.anju.testing;

import io.anju.platform.db.DbAddress;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.Migrations;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL for the whole run, migrated once; every test class takes a copy of its own, which costs a few
 * milliseconds.
 */
public final class TestDatabase {
    private static final String TEMPLATE = "anju_template";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Started by the first class that asks; stopped with the process. */
    private static final class Holder {
        static final EmbeddedDatabase SERVER = start();

        private static EmbeddedDatabase start() {
            var server = EmbeddedDatabase.startTemporary();
            Migrations.run(server.database(TEMPLATE));
            return server;
        }
    }

    private TestDatabase() {}

    /** A migrated database that nobody else uses. */
    public static DbAddress fresh() {
        return Holder.SERVER.copy(TEMPLATE, "test_" + NUMBER.incrementAndGet());
    }

    /** A database without anything in it. */
    public static DbAddress empty() {
        return Holder.SERVER.database("empty_" + NUMBER.incrementAndGet());
    }
}
