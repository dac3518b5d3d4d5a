package io.anju.platform.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open transaction; given out by {@link Db#inTransaction} and useless after it. */
public final class Tx implements Sql {
    private final SqlConnection connection;
    private final Statements statements;

    Tx(SqlConnection connection, Statements statements) {
        this.connection = connection;
        this.statements = statements;
    }

    @Override
    public Future<RowSet<Row>> run(String sql, @Nullable Object... args) {
        return statements.run(this, connection, sql, args);
    }

    @Override
    public Future<Void> batch(String sql, List<Tuple> rows) {
        return statements.batch(this, connection, sql, rows);
    }
}
