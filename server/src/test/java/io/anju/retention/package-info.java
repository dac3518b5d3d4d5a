@NullMarked
package io.anju.retention;

import org.jspecify.annotations.NullMarked;
