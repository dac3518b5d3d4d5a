/** Rent: plans that leases share, bills and the runs that issue them, and what became of each bill. */
@NullMarked
package io.anju.rent;

import org.jspecify.annotations.NullMarked;
