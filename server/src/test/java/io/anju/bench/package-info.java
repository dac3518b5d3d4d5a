@NullMarked
package io.anju.bench;

import org.jspecify.annotations.NullMarked;
