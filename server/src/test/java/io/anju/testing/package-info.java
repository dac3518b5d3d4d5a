/** What the tests share: the whole server on a real database, and the checks that run on everything it answers. */
@NullMarked
package io.anju.testing;

import org.jspecify.annotations.NullMarked;
