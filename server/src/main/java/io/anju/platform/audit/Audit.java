package io.anju.platform.audit;

import io.anju.platform.db.Sql;
import io.anju.platform.http.Caller;
import io.vertx.core.Future;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes who did what to whom. Rows can only be added; see {@link AuditSeal} for how a change would be found. */
public final class Audit {
    private Audit() {}

    /**
     * Adds one row, in the caller's transaction where {@code sql} is one.
     *
     * @param action a stable word such as {@code file.opened}
     * @param subjectType what {@code subjectId} names, such as {@code application}
     * @param reason why, in words without personal data
     */
    public static Future<Void> record(
            Sql sql, Caller caller, String action, String subjectType, UUID subjectId, @Nullable String reason) {
        var office = caller.office();
        var proxy = caller.proxy();
        return AuditStore.insert(
                sql,
                caller.kind().name().toLowerCase(Locale.ROOT),
                proxy == null ? caller.id() : proxy.residentId(),
                proxy == null ? null : caller.id(),
                office == null ? agencyOf(caller) : office.name(),
                action,
                subjectType,
                subjectId,
                reason);
    }

    private static @Nullable String agencyOf(Caller caller) {
        var agency = caller.agency();
        return agency == null ? null : agency.toString();
    }
}
