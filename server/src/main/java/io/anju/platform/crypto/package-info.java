/** Encryption of single fields, blind look-up, signatures and masking. */
@NullMarked
package io.anju.platform.crypto;

import org.jspecify.annotations.NullMarked;
