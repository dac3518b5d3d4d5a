package io.anju.reconciliation;

import io.anju.platform.db.Db;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.reconciliation.BillReader.Read;
import io.anju.reconciliation.BillReader.Sums;
import io.anju.reconciliation.Run.Stage;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings a bill's lines from a file into the database, a page at a time. Only a file that is whole moves the run on; one
 * that is not leaves lines that the next attempt forgets first.
 */
final class BillStaging {
    private static final int PAGE = 1_000;

    private final Vertx vertx;
    private final Db db;
    private final RunStore runs;
    private final CompareStore comparison = new CompareStore();

    BillStaging(Vertx vertx, Db db, RunStore runs) {
        this.vertx = vertx;
        this.db = db;
        this.runs = runs;
    }

    /** Reads the file to its end, and deletes it in any case. */
    Future<Void> stage(Job job, Run run, Path file) {
        return blocking(() -> new BillReader(Files.newInputStream(file)))
                .compose(reader -> pages(job, run, reader)
                        .compose(read -> settle(job, run, reader.sums()))
                        .eventually(() -> blocking(() -> {
                            reader.close();
                            return reader;
                        })))
                .eventually(() -> blocking(() -> Files.deleteIfExists(file)));
    }

    private Future<Void> pages(Job job, Run run, BillReader reader) {
        return blocking(() -> page(reader)).compose(page -> {
            if (page.isEmpty()) {
                return Future.succeededFuture();
            }
            return db.inTransaction(tx -> Jobs.hold(tx, job).compose(held -> runs.insertLines(tx, run.id(), page)))
                    .compose(written -> pages(job, run, reader));
        });
    }

    private static List<Read> page(BillReader reader) throws IOException {
        var page = new ArrayList<Read>(PAGE);
        while (page.size() < PAGE) {
            var read = reader.next();
            if (read == null) {
                break;
            }
            page.add(read);
        }
        return page;
    }

    /** The bill's own sums are held against its lines; the run goes on either way, as every line is compared. */
    private Future<Void> settle(Job job, Run run, Sums theirs) {
        return comparison
                .sums(db, run.id())
                .compose(ours -> db.inTransaction(tx -> Jobs.hold(tx, job)
                        .compose(held -> ours.equals(theirs)
                                ? Future.succeededFuture()
                                : comparison.writeSums(tx, run.id(), ours, theirs, job.now()))
                        .compose(written -> runs.reach(tx, run.id(), Stage.GATHER))));
    }

    /** Reading a file holds a thread up; what cannot be decoded is no bill. */
    private <T> Future<T> blocking(Reading<T> reading) {
        return vertx.executeBlocking(
                () -> {
                    try {
                        return reading.read();
                    } catch (CharacterCodingException e) {
                        throw new UnusableBill("not-utf-8");
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                false);
    }

    private interface Reading<T> {
        T read() throws IOException;
    }
}
