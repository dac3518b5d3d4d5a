/** The ledger (总账): double entry, append-only, every account with its running balance. It knows nothing of what it counts. */
@NullMarked
package io.anju.ledger;

import org.jspecify.annotations.NullMarked;
