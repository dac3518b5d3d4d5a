package io.anju.platform.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Db} and {@link Tx} have in common. */
final class Statements {
    private final @Nullable StatementTap tap;

    Statements(@Nullable StatementTap tap) {
        this.tap = tap;
    }

    Future<RowSet<Row>> run(@Nullable Tx tx, SqlClient client, String sql, @Nullable Object... args) {
        var answer = client.preparedQuery(sql).execute(Tuple.from(args)).recover(SqlErrors::translate);
        return tap == null
                ? answer
                : answer.onSuccess(rows -> tap.ran(tx, sql, false, List.of(Arrays.asList(args)), rows));
    }

    Future<Void> batch(@Nullable Tx tx, SqlClient client, String sql, List<Tuple> rows) {
        if (rows.isEmpty()) {
            return Future.succeededFuture();
        }
        var done = client.preparedQuery(sql).executeBatch(rows).<Void>mapEmpty().recover(SqlErrors::translate);
        return tap == null
                ? done
                : done.onSuccess(none -> tap.ran(
                        tx, sql, true, rows.stream().map(Statements::values).toList(), null));
    }

    private static List<@Nullable Object> values(Tuple tuple) {
        var values = new @Nullable Object[tuple.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tuple.getValue(i);
        }
        return Arrays.asList(values);
    }
}
