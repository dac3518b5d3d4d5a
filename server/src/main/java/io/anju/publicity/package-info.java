/** Publicity (公示): masked lists that anyone may read, and the objections (异议) to them. */
@NullMarked
package io.anju.publicity;

import org.jspecify.annotations.NullMarked;
