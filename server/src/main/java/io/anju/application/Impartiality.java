package io.anju.application;

import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.StaffCaller;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** Who may not work on whose case (回避). Another domain fills this, and every door to a case asks it. */
public interface Impartiality {
    /**
     * Refuses where the caller belongs to the household, or has declared the case or one of its members.
     *
     * @param holder the application, or the registration of a household that was taken over
     */
    Future<Void> require(Tx tx, StaffCaller caller, UUID holder);

    /**
     * The households that the caller must not work on, by their application, or by the registration of one that was taken
     * over: for work on many households at once.
     */
    Future<List<UUID>> holders(Tx tx, Caller caller);
}
