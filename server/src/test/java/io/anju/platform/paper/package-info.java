@NullMarked
package io.anju.platform.paper;

import org.jspecify.annotations.NullMarked;
