package io.anju.application;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;

/** What the waiting list does when an application has passed its last step. */
public interface Registrar {
    /** Enters the household; the application is in state {@code registered} already, in the same transaction. */
    Future<Void> register(Tx tx, CaseFile file, Instant now);
}
