package io.anju.platform.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Db} and {@link Tx} have in common. */
final class Statements {
    private Statements() {}

    static Future<RowSet<Row>> run(SqlClient client, String sql, @Nullable Object... args) {
        return client.preparedQuery(sql).execute(Tuple.from(args)).recover(SqlErrors::translate);
    }

    static Future<Void> batch(SqlClient client, String sql, List<Tuple> rows) {
        if (rows.isEmpty()) {
            return Future.succeededFuture();
        }
        return client.preparedQuery(sql).executeBatch(rows).<Void>mapEmpty().recover(SqlErrors::translate);
    }
}
