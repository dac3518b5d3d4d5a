package io.anju.waitinglist;

import io.anju.platform.http.Area;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What staff look for in the register; absent parts do not narrow.
 *
 * @param state as the contract names it
 */
record RegisterFilter(
        Area area,
        @Nullable String programme,
        @Nullable String state,
        @Nullable String exitType,
        @Nullable String receiptNumber,
        Traits traits) {

    /** What households are narrowed down by beside where they are. */
    record Traits(
            @Nullable String receiptPrefix,
            @Nullable String category,
            @Nullable Integer householdSize,
            @Nullable LocalDate registeredFrom,
            @Nullable LocalDate registeredTo,
            Place place) {}

    /** What is looked for in the newest derivation. */
    record Place(
            @Nullable Integer homeRooms,
            @Nullable BigDecimal scoreFrom,
            @Nullable BigDecimal scoreTo) {
        static final Place ANY = new Place(null, null, null);
    }

    boolean asksForPlaces() {
        return !traits.place().equals(Place.ANY);
    }

    /** The same for the same filter alone, so that a cursor of one leads nowhere under another. */
    String name() {
        var place = traits.place();
        return Arrays.asList(
                        area.cityCode(),
                        area.code(),
                        programme,
                        state,
                        exitType,
                        receiptNumber,
                        traits.receiptPrefix(),
                        traits.category(),
                        traits.householdSize(),
                        traits.registeredFrom(),
                        traits.registeredTo(),
                        place.homeRooms(),
                        place.scoreFrom(),
                        place.scoreTo())
                .stream()
                .map(part -> part == null ? "" : part.toString())
                .collect(Collectors.joining("/"));
    }
}
