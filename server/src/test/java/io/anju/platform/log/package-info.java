@NullMarked
package io.anju.platform.log;

import org.jspecify.annotations.NullMarked;
