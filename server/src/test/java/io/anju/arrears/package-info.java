@NullMarked
package io.anju.arrears;

import org.jspecify.annotations.NullMarked;
