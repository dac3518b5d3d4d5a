package io.anju.waitinglist;

import org.jspecify.annotations.Nullable;

/**
 * The last place of a household that has left.
 *
 * @param homeRooms none where the rules were silent
 */
record Leaver(long number, int rank, @Nullable Integer homeRooms) {}
