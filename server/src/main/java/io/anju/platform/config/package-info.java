/** What an operator can set: one table, read from the environment and a file into one typed record. */
@NullMarked
package io.anju.platform.config;

import org.jspecify.annotations.NullMarked;
