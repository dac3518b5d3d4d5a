@NullMarked
package io.anju.rights;

import org.jspecify.annotations.NullMarked;
