/** Where bytes lie that are too large for the database: a folder, or an S3-compatible store. */
@NullMarked
package io.anju.platform.files;

import org.jspecify.annotations.NullMarked;
