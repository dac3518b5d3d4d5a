package io.anju.policy;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Where a document belongs and where it was read.
 *
 * @param title of the rules, for people
 * @param programmeName the programme (保障方式), for people
 * @param source the issued document that the rules were taken from
 * @param asSeenAt when the source was read
 * @param confidence A: read in the rule's own text; B: second hand; C: assumed
 * @param effectiveTo last day in force; null while no end is set
 * @param gapBefore whether nothing was in force on the days before, and the city knows it
 */
public record PolicyMeta(
        String cityCode,
        String programme,
        String version,
        Text title,
        Text programmeName,
        String source,
        String asSeenAt,
        String confidence,
        LocalDate effectiveFrom,
        @Nullable LocalDate effectiveTo,
        boolean gapBefore) {

    PolicyMeta until(@Nullable LocalDate lastDay) {
        return new PolicyMeta(
                cityCode,
                programme,
                version,
                title,
                programmeName,
                source,
                asSeenAt,
                confidence,
                effectiveFrom,
                lastDay,
                gapBefore);
    }
}
