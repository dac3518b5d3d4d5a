package io.anju.arrears;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Complaints about leases that wait for an answer, as the room of complaints knows them; never reports of wrongdoing. */
@FunctionalInterface
public interface PendingComplaints {
    /** @param residentId whose it is; null where nobody gave a name */
    record Waiting(UUID leaseId, UUID complaintId, @Nullable UUID residentId) {}

    /** The oldest first for each lease. */
    Future<List<Waiting>> about(Sql sql, List<UUID> leaseIds);
}
