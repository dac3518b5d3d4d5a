/** How log lines leave the process. */
@NullMarked
package io.anju.platform.log;

import org.jspecify.annotations.NullMarked;
