@NullMarked
package io.anju.sdk;

import org.jspecify.annotations.NullMarked;
