/** Tables that people keep in files: comma-separated values and workbooks, read row by row. */
@NullMarked
package io.anju.platform.tables;

import org.jspecify.annotations.NullMarked;
