/** Who did what to whom: append-only rows, sealed in batches into a hash chain. */
@NullMarked
package io.anju.platform.audit;

import org.jspecify.annotations.NullMarked;
