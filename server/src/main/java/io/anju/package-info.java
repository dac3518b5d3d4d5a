/** Puts the house together: builds the domains, mounts their operations, starts and stops the listeners. */
@NullMarked
package io.anju;

import org.jspecify.annotations.NullMarked;
