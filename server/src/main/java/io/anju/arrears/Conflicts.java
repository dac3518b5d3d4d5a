package io.anju.arrears;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The room of recusals, as far as this one asks it. */
@FunctionalInterface
public interface Conflicts {
    /** Refuses a member of staff who is close to one of these persons, given by their blind indexes. */
    Future<Void> requireNone(Tx tx, UUID staffId, List<byte[]> persons);
}
