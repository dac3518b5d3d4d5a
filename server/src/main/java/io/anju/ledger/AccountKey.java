package io.anju.ledger;

/**
 * One account: in which city, what for, and whose. It opens with its first posting.
 *
 * @param cityCode six digits, GB/T 2260
 * @param owner a lease's id, or the name of a provider, programme or channel; 1 to 80 characters, nothing personal
 */
public record AccountKey(String cityCode, AccountKind kind, String owner) {}
