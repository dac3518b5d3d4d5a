/**
 * Policy documents (versioned, dated, sourced) and the pure rules that they state: eligibility, score, order, required
 * documents and the review pipeline. A city is data: no rule of a city is written in Java.
 *
 * <p>Everything but {@code PolicyService}, {@code PolicyStore} and {@code PolicyApi} is free of I/O, clocks and Vert.x.
 */
@NullMarked
package io.anju.policy;

import org.jspecify.annotations.NullMarked;
