package io.anju.waitinglist;

import org.jspecify.annotations.Nullable;

/** A place with what only its household is told: where it stands in parts of the list, and what has moved it so far. */
record Placed(Standing.Line line, Parts parts, MoveCounts moved) {

    /**
     * Places in parts of the list.
     *
     * @param homeRooms bedrooms of the home that the household is offered; none where the rules are silent
     * @param homeRank place among those who are offered the same
     * @param priority place of its class in the rules, 0 for none
     * @param classRank place among those of the same class; none where the rules have no classes
     */
    record Parts(
            @Nullable Integer homeRooms,
            @Nullable Integer homeRank,
            int priority,
            @Nullable Integer classRank) {}
}
