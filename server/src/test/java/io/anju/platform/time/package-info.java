@NullMarked
package io.anju.platform.time;

import org.jspecify.annotations.NullMarked;
