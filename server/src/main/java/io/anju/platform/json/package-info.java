/** JSON that does not pass the edge. */
@NullMarked
package io.anju.platform.json;

import org.jspecify.annotations.NullMarked;
