package io.anju.identity;

import io.anju.platform.db.Sql;
import io.anju.platform.http.AreaCaller;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Whose doings even an auditor must not be shown: given by the room that keeps what is hidden from some of its own. */
@FunctionalInterface
public interface HiddenRecords {
    /** Those of these things that are not there for the caller. */
    Future<Set<UUID>> hidden(Sql sql, AreaCaller caller, List<UUID> subjects);
}
