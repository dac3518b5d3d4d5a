package io.anju.platform.rotation;

import io.anju.platform.crypto.SealedColumns;
import io.anju.platform.crypto.SealedColumns.Column;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.rotation.KeyRotation.Run;
import io.anju.platform.rotation.KeyRotation.Stopped;
import io.anju.platform.rotation.RotationStore.Field;
import io.anju.platform.rotation.RotationStore.Left;
import io.anju.platform.rotation.RotationStore.Step;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * Walks over a column page by page, in the order in which rows lie. No index is needed for it, and no row is read twice;
 * a row that moves while it is changed by others may slip past, so passes follow until nothing is left.
 */
final class ColumnReseal {
    /** A chunk is some thousand fields at most: a transaction of some milliseconds, which nobody waits for. */
    private static final int PAGES = 16;

    private final Vertx vertx;
    private final Db db;
    private final Vault vault;
    private final RotationStore store = new RotationStore();

    ColumnReseal(Vertx vertx, Db db, Vault vault) {
        this.vertx = vertx;
        this.db = db;
        this.vault = vault;
    }

    Future<Void> reseal(Run run, Column column) {
        return store.pages(db, column.table())
                .compose(pages -> store.begin(db, run.rotation().id(), column.place(), pages))
                .compose(part -> chunks(run, column, part));
    }

    private Future<Void> chunks(Run run, Column column, Progress.Part part) {
        if (part.isFinished() || !run.hasTime()) {
            return Future.succeededFuture();
        }
        return db.inTransaction(tx -> chunk(tx, run, column, part)).compose(next -> chunks(run, column, next));
    }

    private Future<Progress.Part> chunk(Tx tx, Run run, Column column, Progress.Part part) {
        long from = part.position().isEmpty() ? 0 : Long.parseLong(part.position());
        long to = from + PAGES;
        var step = new Step(Long.toString(to), part.pages(), 0, to >= part.pages());
        return store.fields(tx, column, run.rotation().keyId(), from, to)
                // a transaction waits for nothing but the database; this is some milliseconds, off the event loop
                .compose(fields -> vertx.executeBlocking(() -> resealed(column, fields), false)
                        .compose(after -> store.replace(tx, column, fields, after)))
                .compose(changed -> store.advance(tx, run.job(), run.rotation().id(), part, step.resealed(changed))
                        .compose(moved -> moved
                                ? Future.succeededFuture(after(part, step, changed))
                                : Future.failedFuture(new Stopped())));
    }

    private List<byte[]> resealed(Column column, List<Field> fields) {
        return fields.stream()
                .map(field -> vault.reseal(column.boundTable(), field.boundColumn(), field.row(), field.sealed()))
                .toList();
    }

    private static Progress.Part after(Progress.Part part, Step step, long changed) {
        return new Progress.Part(
                part.name(), part.pass(), step.position(), part.pages(), part.resealed() + changed, step.isLast());
    }

    /** Counts what is left, in all columns, and begins another pass over those that hold some. */
    Future<Left> again(Rotation rotation) {
        Future<Left> all = Future.succeededFuture(new Left(0, 0));
        for (var column : SealedColumns.declared().columns()) {
            all = all.compose(sum -> store.countOld(db, column, rotation.keyId())
                    .compose(left -> left.old() == 0
                            ? Future.succeededFuture(sum.plus(left))
                            : store.passAgain(db, rotation.id(), column.place()).map(sum.plus(left))));
        }
        return all;
    }
}
