package io.anju.policy;

import java.time.LocalDate;

/**
 * One bill of a lease.
 *
 * @param number from 1
 * @param from first day that it is for
 * @param to last day that it is for
 * @param dueOn day by which it is to be paid
 * @param fen rent of the period; periods add up to the rent of the lease but for rounding
 */
public record BillingPeriod(int number, LocalDate from, LocalDate to, LocalDate dueOn, long fen) {}
