package io.anju.publication;

import io.anju.platform.crypto.Tree;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.publication.Publication.Runs;
import io.anju.waitinglist.Standing;
import io.anju.waitinglist.StandingService;
import io.anju.waitinglist.StandingService.ListedPlace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one publication: the next runs are made while the last ones are written. */
final class Freezing {
    /** Runs of rows that are made and written at once: two megabytes of them, whatever the list's length. */
    private static final int RUNS_AT_ONCE = 8;
    /** Numbers of registrations in one row of the index, and rows of the index that are written at once. */
    private static final int NUMBERS = 1_024;

    private static final int INDEX_AT_ONCE = 512;

    private final Db db;
    private final Vertx vertx;
    private final StandingService standings;
    private final PublicationStore store;
    private final UUID id;
    private final Source source;
    /** By number of the registration; 0 where there is none. */
    private final int[] ranks;

    private final ByteArrayOutputStream roots = new ByteArrayOutputStream();

    Freezing(Db db, Vertx vertx, StandingService standings, PublicationStore store, UUID id, Source source) {
        this.db = db;
        this.vertx = vertx;
        this.standings = standings;
        this.store = store;
        this.id = id;
        this.source = source;
        this.ranks = new int[Math.toIntExact(source.standing().version() + 1)];
    }

    /** What the rows are made from: an order, and what is published of every registration in it. */
    record Source(Standing standing, List<SortKey> order, Entries entries) {
        @Nullable
        String seed() {
            return order.stream()
                    .map(SortKey::seed)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** Rows with the root over each run of them. */
    private record Made(List<Run> runs, List<byte[]> roots) {}

    /** Gives the roots of the runs. */
    Future<Runs> write(Tx tx) {
        return make(0).compose(first -> writeFrom(tx, 0, first))
                .compose(written -> writeIndex(tx, 0))
                .map(written -> new Runs(roots.toByteArray()));
    }

    private Future<Void> writeFrom(Tx tx, int run, Made made) {
        if (made.runs().isEmpty()) {
            return Future.succeededFuture();
        }
        made.roots().forEach(roots::writeBytes);
        var next = make(run + RUNS_AT_ONCE);
        return store.insertRuns(tx, id, made.runs())
                .compose(written -> next)
                .compose(more -> writeFrom(tx, run + RUNS_AT_ONCE, more));
    }

    /** An order stays as it is once it is there, so it is read outside the transaction, which writes meanwhile. */
    private Future<Made> make(int run) {
        var standing = source.standing();
        int after = Math.min(run * Runs.ROWS, standing.total());
        int upTo = Math.min((run + RUNS_AT_ONCE) * Runs.ROWS, standing.total());
        if (after == upTo) {
            return Future.succeededFuture(new Made(List.of(), List.of()));
        }
        return standings.listed(db, standing.id(), after, upTo).compose(places -> {
            if (places.size() != upTo - after) {
                throw new IllegalStateException("places of standing " + standing.id() + " are missing");
            }
            var inputs = places.stream()
                    .map(ListedPlace::inputs)
                    .filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            return store.newerEntries(db, standing.list(), inputs)
                    .compose(newer -> vertx.executeBlocking(
                            () -> made(run, places, new RowWriter(source.entries(), newer, source.seed())), false));
        });
    }

    private Made made(int firstRun, List<ListedPlace> places, RowWriter writer) {
        for (int i = 0; i < places.size(); i++) {
            ranks[(int) places.get(i).number()] = firstRun * Runs.ROWS + i + 1;
        }
        int count = (places.size() + Runs.ROWS - 1) / Runs.ROWS;
        var runs = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> writer.write(
                        firstRun + i, places.subList(i * Runs.ROWS, Math.min((i + 1) * Runs.ROWS, places.size()))))
                .toList();
        return new Made(
                runs, runs.parallelStream().map(run -> Tree.root(run.leaves())).toList());
    }

    private Future<Void> writeIndex(Tx tx, int from) {
        if (from >= ranks.length) {
            return Future.succeededFuture();
        }
        int upTo = Math.min(from + NUMBERS * INDEX_AT_ONCE, ranks.length);
        var rows = new ArrayList<byte[]>();
        for (int first = from; first < upTo; first += NUMBERS) {
            rows.add(row(first, Math.min(first + NUMBERS, upTo)));
        }
        return store.insertPlaces(tx, id, from / NUMBERS, rows).compose(written -> writeIndex(tx, upTo));
    }

    private byte[] row(int from, int upTo) {
        var bytes = ByteBuffer.allocate((upTo - from) * Integer.BYTES);
        bytes.asIntBuffer().put(ranks, from, upTo - from);
        return bytes.array();
    }
}
