@NullMarked
package io.anju.platform.problem;

import org.jspecify.annotations.NullMarked;
