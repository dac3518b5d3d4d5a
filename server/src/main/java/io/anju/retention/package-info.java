/** What is erased when its period is over. */
@NullMarked
package io.anju.retention;

import org.jspecify.annotations.NullMarked;
