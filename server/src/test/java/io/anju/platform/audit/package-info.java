@NullMarked
package io.anju.platform.audit;

import org.jspecify.annotations.NullMarked;
