@NullMarked
package io.anju.message;

import org.jspecify.annotations.NullMarked;
