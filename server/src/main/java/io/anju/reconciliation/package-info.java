/** Compares what payment channels list with what we hold, day by day and line by line (对账). */
@NullMarked
package io.anju.reconciliation;

import org.jspecify.annotations.NullMarked;
