/** Breaks rules on purpose. */
@NullMarked
package io.anju.architecture.broken.policy.number;

import org.jspecify.annotations.NullMarked;
