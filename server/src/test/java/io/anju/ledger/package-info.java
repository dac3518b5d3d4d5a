@NullMarked
package io.anju.ledger;

import org.jspecify.annotations.NullMarked;
