@NullMarked
package io.anju.payment;

import org.jspecify.annotations.NullMarked;
