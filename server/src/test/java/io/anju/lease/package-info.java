@NullMarked
package io.anju.lease;

import org.jspecify.annotations.NullMarked;
