@NullMarked
package io.anju.platform.http;

import org.jspecify.annotations.NullMarked;
