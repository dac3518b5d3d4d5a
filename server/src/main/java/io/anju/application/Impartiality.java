package io.anju.application;

import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.vertx.core.Future;
import java.util.UUID;

/** Who may not work on whose case (回避). Another domain fills this, and every door to a case asks it. */
@FunctionalInterface
public interface Impartiality {
    /**
     * Refuses where the caller belongs to the household, or has declared the case or one of its members.
     *
     * @param holder the application, or the registration of a household that was taken over
     */
    Future<Void> require(Tx tx, Caller caller, UUID holder);
}
