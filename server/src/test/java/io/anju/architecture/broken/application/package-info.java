/** Breaks rules on purpose. */
@NullMarked
package io.anju.architecture.broken.application;

import org.jspecify.annotations.NullMarked;
