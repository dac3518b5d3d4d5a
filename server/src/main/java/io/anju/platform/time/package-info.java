/** Shanghai's dates, the working-day calendar and the database's clock. */
@NullMarked
package io.anju.platform.time;

import org.jspecify.annotations.NullMarked;
