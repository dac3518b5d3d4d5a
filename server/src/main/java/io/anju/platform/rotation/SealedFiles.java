package io.anju.platform.rotation;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a domain keeps sealed outside of the database. */
public interface SealedFiles {
    /** Names them in reports, as {@code files:<table>}. */
    String name();

    /** The next files in the order of their ids, of those that were entered at this time or later. */
    Future<List<UUID>> list(@Nullable UUID after, Instant since, int limit);

    /** Seals one again where the key that seals now has not sealed it; gives whether it did. */
    Future<Boolean> reseal(UUID id);
}
