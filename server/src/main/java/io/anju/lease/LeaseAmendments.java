package io.anju.lease;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was put right in a lease since it was signed. The domain that puts it right fills this. */
@FunctionalInterface
public interface LeaseAmendments {
    /** One thing that counts instead of what the lease says. */
    record Amendment(
            Instant at,
            String item,
            @Nullable String correct,
            @Nullable String office) {
        @Override
        public String toString() {
            return "an amendment";
        }
    }

    /** The newest first. */
    Future<List<Amendment>> of(Sql sql, UUID leaseId);
}
