package io.anju.application;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was put right in a household's file since it was handed in. The domain that puts it right fills this. */
@FunctionalInterface
public interface Amendments {
    /**
     * One thing that counts instead of what was handed in.
     *
     * @param office who decided it; null where the resident changed how they can be reached
     */
    record Amendment(
            Instant at,
            String item,
            @Nullable String correct,
            @Nullable String office,
            @Nullable String phone,
            @Nullable String addressLine) {
        @Override
        public String toString() {
            return "an amendment";
        }
    }

    /** The newest first. */
    Future<List<Amendment>> of(Sql sql, UUID applicationId);
}
