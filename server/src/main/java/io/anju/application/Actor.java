package io.anju.application;

import io.anju.platform.http.Caller;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who moved an application.
 *
 * @param id the account, null for the system's own jobs
 * @param office the office's name as the timeline shows it; null for residents and the system
 * @param proxy masked name of who acted for the resident; null where nobody did
 */
public record Actor(
        Caller.Kind kind,
        @Nullable UUID id,
        @Nullable String office,
        @Nullable String proxy) {
    /** The system's own jobs, such as a deadline that passed. */
    public static final Actor SYSTEM = new Actor(Caller.Kind.SYSTEM, null, null, null);

    /** The caller of a request, with the office it speaks for. */
    public static Actor of(Caller caller) {
        var office = caller.office();
        var proxy = caller.proxy();
        return new Actor(
                caller.kind(),
                caller.id(),
                office == null ? null : office.name(),
                proxy == null ? null : proxy.maskedName());
    }
}
