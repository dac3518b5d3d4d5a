@NullMarked
package io.anju.platform.db;

import org.jspecify.annotations.NullMarked;
