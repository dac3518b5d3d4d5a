@NullMarked
package io.anju.complaint;

import org.jspecify.annotations.NullMarked;
