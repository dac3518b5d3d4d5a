@NullMarked
package io.anju.rent;

import org.jspecify.annotations.NullMarked;
