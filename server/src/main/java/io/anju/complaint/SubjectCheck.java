package io.anju.complaint;

import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Looks a thing up that a resident complains about; each room that keeps such things gives one. */
@FunctionalInterface
public interface SubjectCheck {
    /** @param areaCode where it is, as closely as is known */
    record Found(@Nullable String areaCode) {}

    /** Empty where there is none in the city, or where it is none of the resident's and not public. */
    Future<Optional<Found>> find(Sql sql, UUID residentId, String cityCode, UUID id);
}
