@NullMarked
package io.anju.simulation;

import org.jspecify.annotations.NullMarked;
