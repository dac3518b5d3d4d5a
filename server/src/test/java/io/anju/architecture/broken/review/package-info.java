/** Breaks rules on purpose. */
@NullMarked
package io.anju.architecture.broken.review;

import org.jspecify.annotations.NullMarked;
