/** Breaks rules on purpose. */
@NullMarked
package io.anju.architecture.broken.policy;

import org.jspecify.annotations.NullMarked;
