package io.anju.complaint;

import io.anju.platform.db.Sql;
import io.anju.platform.rotation.SealedFiles;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The bytes of files that wait in the box, for whoever replaces keys. They are few, so each walk looks at all of them. */
final class BoxedFiles implements SealedFiles {
    private final Sql db;
    private final BoxStore box;
    private final BoxContent contents;
    private final ComplaintFiles files;

    BoxedFiles(Sql db, BoxStore box, BoxContent contents, ComplaintFiles files) {
        this.db = db;
        this.box = box;
        this.contents = contents;
        this.files = files;
    }

    @Override
    public String name() {
        return "files:complaint.box";
    }

    @Override
    public Future<List<UUID>> list(@Nullable UUID after, Instant since, int limit) {
        return box.listFiles(db, after, limit);
    }

    /** One that was handed over meanwhile was sealed anew by that. */
    @Override
    public Future<Boolean> reseal(UUID id) {
        return box.findEntry(db, id).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture(false);
            }
            var entry = found.get();
            return files.reseal(contents.openFile(entry, id, Shanghai.startOf(entry.day())));
        });
    }
}
