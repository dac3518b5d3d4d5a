package io.anju.policy;

import java.time.LocalDate;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Days of a case from which rules count or by which they order. */
public enum Milestone {
    /** The day of the qualification notice. */
    QUALIFIED_ON,
    /** The day on which the application was handed in. */
    APPLIED_ON,
    /** An older qualification that the city still recognises. */
    EARLIER_QUALIFIED_ON,
    /** Since when the member who has had it longest has been on the city's household register. */
    HUKOU_SINCE;

    @Nullable
    LocalDate of(HouseholdView household) {
        return switch (this) {
            case QUALIFIED_ON -> household.qualifiedOn();
            case APPLIED_ON -> household.onFile().appliedOn();
            case EARLIER_QUALIFIED_ON -> household.onFile().earlierQualifiedOn();
            case HUKOU_SINCE -> household.hukouSince();
        };
    }

    /** The first of those that have happened; the end of time where none has. */
    static LocalDate earliest(Stream<Milestone> milestones, HouseholdView household) {
        return milestones
                .map(milestone -> milestone.of(household))
                .filter(Objects::nonNull)
                .min(LocalDate::compareTo)
                .orElse(LocalDate.MAX);
    }
}
