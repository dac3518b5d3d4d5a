/** What integration tests stand on: a real database, the whole server, a clock to move, a client that checks answers. */
@NullMarked
package io.anju.testing;

import org.jspecify.annotations.NullMarked;
