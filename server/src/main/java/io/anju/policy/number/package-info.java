/** Exact numbers: fractions without rounding, ranges, figures by date, and for how many days a result stays true. */
@NullMarked
package io.anju.policy.number;

import org.jspecify.annotations.NullMarked;
