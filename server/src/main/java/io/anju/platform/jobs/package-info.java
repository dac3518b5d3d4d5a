/** Work that may wait: rows in PostgreSQL taken with a lease and a fencing number, and the outbox. */
@NullMarked
package io.anju.platform.jobs;

import org.jspecify.annotations.NullMarked;
