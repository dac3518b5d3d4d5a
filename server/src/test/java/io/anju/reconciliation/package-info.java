@NullMarked
package io.anju.reconciliation;

import org.jspecify.annotations.NullMarked;
