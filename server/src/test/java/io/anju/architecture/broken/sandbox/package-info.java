/** Breaks rules on purpose. */
@NullMarked
package io.anju.architecture.broken.sandbox;

import org.jspecify.annotations.NullMarked;
