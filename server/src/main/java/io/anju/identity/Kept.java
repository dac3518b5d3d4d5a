package io.anju.identity;

import java.time.LocalDate;

/**
 * What stays of an account that is deleted, because a law asks for it.
 *
 * @param kind as in {@link Held}
 * @param period the name of its period in {@code retention/periods.yaml}, which names the law
 * @param since the period is counted from here
 */
public record Kept(String kind, int count, String period, LocalDate since) {}
