@NullMarked
package io.anju.platform.crypto;

import org.jspecify.annotations.NullMarked;
