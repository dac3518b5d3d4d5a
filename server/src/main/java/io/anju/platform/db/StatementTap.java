package io.anju.platform.db;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees the statements of a {@link Db} as they succeed; the benchmark replays them through a bare handler. */
public interface StatementTap {
    /**
     * Told of each statement in the order of its answers.
     *
     * @param tx the transaction, the same object for all its statements; null for a statement on its own
     * @param values one row of values, several where the statement ran as a batch
     */
    void ran(
            @Nullable Tx tx,
            String sql,
            boolean batch,
            List<List<@Nullable Object>> values,
            @Nullable RowSet<Row> answer);
}
