package io.anju.identity;

import java.time.Instant;
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
    public enum Viewer {
        OFFICE,
        PROXY
    }
}
