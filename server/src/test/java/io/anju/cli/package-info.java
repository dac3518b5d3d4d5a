@NullMarked
package io.anju.cli;

import org.jspecify.annotations.NullMarked;
