/** Replacing the keys that fields are sealed with, while the service works. */
@NullMarked
package io.anju.platform.rotation;

import org.jspecify.annotations.NullMarked;
