/** The edge: from a request's bytes to a typed operation and back, with everything every operation shares. */
@NullMarked
package io.anju.platform.http;

import org.jspecify.annotations.NullMarked;
