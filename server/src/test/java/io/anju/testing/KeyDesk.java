package io.anju.testing;

import io.anju.platform.crypto.KeyFile;
import io.anju.platform.crypto.Suite;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.anju.platform.rotation.Progress;
import io.anju.platform.rotation.Rotation;
import io.anju.platform.rotation.RotationDesk;
import java.time.Duration;

/** The operator who replaces keys, with the rights of the database's owner. */
public final class KeyDesk implements AutoCloseable {
    /** So long after its beginning a new key seals everywhere. */
    public static final Duration SETTLED = Duration.ofSeconds(61);
    /** The period of the job. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private final Anju anju;
    private final Db owner;
    private final RotationDesk desk;

    public KeyDesk(Anju anju) {
        this.anju = anju;
        this.owner = Db.connectAsOwner(anju.vertx(), DbSettings.of(anju.databaseAddress()));
        this.desk = new RotationDesk(owner);
    }

    public RotationDesk desk() {
        return desk;
    }

    public Rotation begin(Suite suite) {
        return Anju.await(
                desk.begin(KeyFile.open(anju.keyFile()), suite, anju.clock().instant()));
    }

    public Progress progress() {
        return Anju.await(desk.progress()).orElseThrow();
    }

    /** Lets the job's next turns come until everything is sealed again, or so many have passed. */
    public void work(int turns) {
        for (int turn = 0; turn < turns && !isThrough(); turn++) {
            anju.clock().advance(PERIOD);
            anju.runJobs();
        }
    }

    private boolean isThrough() {
        var progress = progress();
        return progress.rotation().state() == Rotation.State.DONE
                || (!progress.parts().isEmpty()
                        && progress.parts().stream().allMatch(Progress.Part::isFinished)
                        && progress.parts().stream()
                                .anyMatch(part -> part.name().startsWith("files:")));
    }

    @Override
    public void close() {
        Anju.await(owner.close());
    }
}
