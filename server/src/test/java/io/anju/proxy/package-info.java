@NullMarked
package io.anju.proxy;

import org.jspecify.annotations.NullMarked;
