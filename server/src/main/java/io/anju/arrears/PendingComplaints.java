package io.anju.arrears;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Complaints about leases that wait for an answer, as the room of complaints knows them; never reports of wrongdoing. */
@FunctionalInterface
public interface PendingComplaints {
    /** The oldest one by lease. */
    Future<Map<UUID, UUID>> about(Sql sql, List<UUID> leaseIds);
}
