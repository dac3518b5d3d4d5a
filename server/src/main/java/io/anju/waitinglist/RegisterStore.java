package io.anju.waitinglist;

import io.anju.platform.db.Sql;
import io.anju.waitinglist.RegisterPaths.Path;
import io.anju.waitinglist.RegisterQuery.Step;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The register as staff leaf through it, newest registration first. A request meets so many registrations and no more,
 * whatever is looked for on a list of any length: where few of them are it shows few, or none, and tells where it ended.
 *
 * <p>The order is that of the registrations' ids, which no derivation changes: over all pages each registration is met
 * once, and shown if it is then what was looked for.
 */
final class RegisterStore {
    /** Registrations that a request meets at most. */
    static final int ROWS_OF_A_REQUEST = 2_000;
    /** Most pages are full after one step, or have to look for the next band after one. */
    static final int ROWS_OF_A_STEP = 250;

    private static final UUID AFTER_ALL = new UUID(-1, -1);

    /** A registration with its line in the newest generation, where it has one. */
    record Listed(Registration registration, Standing.@Nullable Line line) {}

    /**
     * What a request found.
     *
     * @param next below which the next request goes on; null at the end of the register
     */
    record Found(List<Listed> listed, @Nullable UUID next) {}

    /** What a step met. */
    private record Met(
            List<Listed> listed, long rows, @Nullable UUID last) {}

    /** @param before only registrations with a lower id; null from the newest on */
    Future<Found> list(Sql sql, RegisterFilter filter, @Nullable UUID before, int limit) {
        var paths = RegisterPaths.of(filter);
        return path(sql, paths)
                .map(path -> new Walk(sql, filter, paths, path, limit))
                .compose(walk -> walk.on(List.of(), before == null ? AFTER_ALL : before, ROWS_OF_A_REQUEST));
    }

    /** The way that a walk takes: the same on all its pages, but where the register has changed much. */
    static Future<Path> path(Sql sql, RegisterPaths paths) {
        if (paths.narrower().isEmpty()) {
            return Future.succeededFuture(paths.shortest(List.of()));
        }
        var lengths = RegisterQuery.lengths(paths.narrower());
        return sql.find(lengths.text(), row -> row.getArrayOfLongs(0), lengths.values())
                .map(rows -> paths.shortest(Arrays.asList(rows.orElseThrow())));
    }

    /** A walk along one path until a page is full, the register ends, or enough has been met. */
    private record Walk(Sql sql, RegisterFilter filter, RegisterPaths paths, Path path, int limit) {
        Future<Found> on(List<Listed> sofar, UUID before, int rows) {
            // one more than is shown tells whether the page is the last
            var step = new Step(before, Math.min(rows, ROWS_OF_A_STEP), limit + 1 - sofar.size());
            var query = RegisterQuery.step(filter, paths, path, step);
            return sql.run(query.text(), query.values()).map(RegisterStore::met).compose(met -> {
                var listed = new ArrayList<>(sofar);
                listed.addAll(met.listed());
                var last = met.last();
                if (listed.size() > limit) {
                    var shown = List.copyOf(listed.subList(0, limit));
                    return Future.succeededFuture(
                            new Found(shown, shown.get(limit - 1).registration().id()));
                }
                if (last == null || met.rows() < step.rows()) {
                    return Future.succeededFuture(new Found(listed, null));
                }
                return rows > step.rows()
                        ? on(listed, last, rows - step.rows())
                        : Future.succeededFuture(new Found(listed, last));
            });
        }
    }

    private static Met met(RowSet<Row> found) {
        var listed = new ArrayList<Listed>();
        Met met = new Met(listed, 0, null);
        for (var row : found) {
            met = new Met(listed, row.getLong("rows"), row.getUUID("last"));
            if (row.getUUID("registration_id") != null) {
                listed.add(listed(row));
            }
        }
        return met;
    }

    private static Listed listed(Row row) {
        var rank = row.getInteger("rank");
        var registration = WaitingListStore.registration(row);
        return new Listed(registration, rank == null ? null : StandingStore.line(row));
    }
}
