/** Homes that are let, and the leases about them: who lives where, until when and at what rent. */
@NullMarked
package io.anju.lease;

import org.jspecify.annotations.NullMarked;
