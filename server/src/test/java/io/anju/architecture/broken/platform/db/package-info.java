/** Breaks rules on purpose. */
@NullMarked
package io.anju.architecture.broken.platform.db;

import org.jspecify.annotations.NullMarked;
