/** The way to PostgreSQL: single statements, transactions, migrations, and the embedded server. */
@NullMarked
package io.anju.platform.db;

import org.jspecify.annotations.NullMarked;
