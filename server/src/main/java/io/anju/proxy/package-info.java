/** Who may act for whom, within what limits, and until when (代办). */
@NullMarked
package io.anju.proxy;

import org.jspecify.annotations.NullMarked;
