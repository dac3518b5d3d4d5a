package io.anju.platform.db;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs statements: {@link Db} each on its own, {@link Tx} inside an open transaction.
 *
 * <p>Statements are prepared and cached, so a text must be a constant; values go in as {@code $n} only. A failure that
 * the catalogue knows arrives as a {@link io.anju.platform.problem.Refusal} (see {@link SqlErrors}).
 */
public sealed interface Sql permits Db, Tx {

    /** Runs one statement with its values in the order of {@code $1, $2, …}. */
    Future<RowSet<Row>> run(String sql, @Nullable Object... args);

    /** Runs one statement for every row of values, in one round trip. An empty list runs nothing. */
    Future<Void> batch(String sql, List<Tuple> rows);

    /** Gives the first row, or empty where there is none. */
    default <T> Future<Optional<T>> find(String sql, Function<Row, T> map, @Nullable Object... args) {
        return run(sql, args).map(rows -> {
            var iterator = rows.iterator();
            return iterator.hasNext() ? Optional.of(map.apply(iterator.next())) : Optional.empty();
        });
    }

    /** Gives all rows; the statement itself must bound their number. */
    default <T> Future<List<T>> list(String sql, Function<Row, T> map, @Nullable Object... args) {
        return run(sql, args).map(rows -> {
            var list = new ArrayList<T>(rows.size());
            rows.forEach(row -> list.add(map.apply(row)));
            return List.copyOf(list);
        });
    }

    /** Gives the number of rows that the statement touched. */
    default Future<Integer> execute(String sql, @Nullable Object... args) {
        return run(sql, args).map(RowSet::rowCount);
    }
}
