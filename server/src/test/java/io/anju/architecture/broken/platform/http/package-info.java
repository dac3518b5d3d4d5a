/** Breaks rules on purpose. */
@NullMarked
package io.anju.architecture.broken.platform.http;

import org.jspecify.annotations.NullMarked;
