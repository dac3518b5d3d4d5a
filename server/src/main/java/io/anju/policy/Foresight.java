package io.anju.policy;

import org.jspecify.annotations.Nullable;

/**
 * What one document makes of a household for its place in an order, and how long that stays so.
 *
 * @param standing the keys of the order, with the score that was given
 * @param homeRooms bedrooms of the home that the household is offered; none where the document is silent
 * @param until last day on which all of it is the same, as an epoch day
 */
public record Foresight(Standing standing, @Nullable Integer homeRooms, long until) {}
