package io.anju.platform.crypto;

/**
 * The key that seals fields now.
 *
 * @param version 1 for the first of a database
 * @param id stands in whatever it sealed
 */
public record PrimaryKey(int version, int id, Suite suite) {}
