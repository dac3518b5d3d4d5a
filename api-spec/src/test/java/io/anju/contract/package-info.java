@NullMarked
package io.anju.contract;

import org.jspecify.annotations.NullMarked;
