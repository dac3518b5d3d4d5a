package io.anju.bench;

import io.anju.bench.Script.Step;
import io.anju.platform.db.StatementTap;
import io.anju.platform.db.Tx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes down the statements that run between {@link #begin} and {@link #end}: one request at a time. */
final class Recording implements StatementTap {
    private final List<Step> steps = new ArrayList<>();
    private boolean on;
    private boolean transaction;

    synchronized void begin() {
        steps.clear();
        transaction = false;
        on = true;
    }

    synchronized Script end(String answer) {
        on = false;
        return new Script(transaction, List.copyOf(steps), answer);
    }

    @Override
    public synchronized void ran(
            @Nullable Tx tx,
            String sql,
            boolean batch,
            List<List<@Nullable Object>> values,
            @Nullable RowSet<Row> answer) {
        if (!on) {
            return;
        }
        transaction |= tx != null;
        var returned = new ArrayList<@Nullable Object>();
        if (answer != null) {
            for (Row row : answer) {
                for (int column = 0; column < row.size(); column++) {
                    // only ids are learnt from a replay's answers; the rest need not be carried
                    returned.add(row.getValue(column) instanceof java.util.UUID id ? id : null);
                }
            }
        }
        steps.add(new Step(sql, batch, values, returned));
    }
}
