package io.anju.verification;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.OfficeCaller;
import io.vertx.core.Future;
import java.util.UUID;

/** What verification must know of review's tasks; review, which builds on verification, implements it. */
public interface TaskAccess {
    /** Succeeds where the task belongs to the caller's office; refuses with 404 otherwise. */
    Future<Void> requireVisible(Sql sql, OfficeCaller caller, UUID taskId);

    /** Locks a task that the caller has claimed, and counts its version up; refuses with 404 or 409 otherwise. */
    Future<Void> touchClaimed(Tx tx, OfficeCaller caller, UUID taskId);

    /** Locks a task for an agency's answer and counts its version up; false where it is decided or closed. */
    Future<Boolean> touchUndecided(Tx tx, UUID taskId);
}
