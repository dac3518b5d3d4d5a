package io.anju.identity;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One time that somebody saw a resident's file, or acted in it.
 *
 * @param id in the order of time
 * @param viewer who it was
 * @param name the office, or the proxy's masked name
 * @param applicationId the file that was opened, where it was one file
 */
public record FileView(
        UUID id,
        Instant at,
        Viewer viewer,
        String name,
        String what,
        @Nullable UUID applicationId) {
    /**
     * What offices opened of a resident's.
     *
     * @param statement a room's own: takes the resident, the id of the view before which to begin or null, and how many;
     *     gives {@code id, at, office, reason, application_id}, the newest first
     */
    public static Future<List<FileView>> byOffices(
            Sql sql, String statement, UUID residentId, @Nullable UUID before, int limit) {
        return FileViewStore.byOffices(sql, statement, residentId, before, limit);
    }

    public enum Viewer {
        OFFICE,
        PROXY
    }
}
