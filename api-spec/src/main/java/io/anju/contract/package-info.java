/** The contract's tool: merges the parts under {@code src/main/openapi} into the one published document. */
@NullMarked
package io.anju.contract;

import org.jspecify.annotations.NullMarked;
