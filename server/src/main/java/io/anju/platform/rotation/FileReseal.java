package io.anju.platform.rotation;

import io.anju.platform.db.Db;
import io.anju.platform.rotation.KeyRotation.Run;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks over a domain's files by their ids. A file that is sealed again twice does no harm. */
final class FileReseal {
    private static final int FILES = 50;

    private final Db db;
    private final RotationStore store = new RotationStore();

    FileReseal(Db db) {
        this.db = db;
    }

    Future<Void> reseal(Run run, SealedFiles files, Instant since) {
        return store.begin(db, run.rotation().id(), files.name(), 0).compose(part -> {
            if (part.isFinished() || !run.hasTime()) {
                return Future.succeededFuture();
            }
            var after = part.position().isEmpty() ? null : UUID.fromString(part.position());
            return files.list(after, since, FILES)
                    .compose(ids -> each(files, ids, 0, 0).compose(done -> advance(run, part, ids, done)))
                    .compose(advanced -> reseal(run, files, since));
        });
    }

    /** Looks at late files without a note of how far: they are few. */
    Future<Void> late(Run run, SealedFiles files, Instant since) {
        return late(run, files, since, null);
    }

    private Future<Void> late(Run run, SealedFiles files, Instant since, @Nullable UUID after) {
        return files.list(after, since, FILES)
                .compose(ids -> ids.isEmpty()
                        ? Future.succeededFuture()
                        : each(files, ids, 0, 0).compose(done -> late(run, files, since, ids.get(ids.size() - 1))));
    }

    private Future<Long> each(SealedFiles files, List<UUID> ids, int at, long done) {
        return at == ids.size()
                ? Future.succeededFuture(done)
                : files.reseal(ids.get(at)).compose(changed -> each(files, ids, at + 1, changed ? done + 1 : done));
    }

    private Future<Void> advance(Run run, Progress.Part part, List<UUID> ids, long done) {
        var position = ids.isEmpty() ? part.position() : ids.get(ids.size() - 1).toString();
        return db.inTransaction(tx -> store.advance(
                        tx,
                        run.job(),
                        run.rotation().id(),
                        part,
                        new RotationStore.Step(position, 0, done, ids.isEmpty()))
                .compose(moved -> moved ? Future.succeededFuture() : Future.failedFuture(new KeyRotation.Stopped())));
    }
}
