package io.anju.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a reader looks for; absent parts do not narrow.
 *
 * @param on only what is in force on this day
 */
public record PolicyFilter(
        @Nullable String cityCode,
        @Nullable String programme,
        @Nullable LocalDate on) {}
