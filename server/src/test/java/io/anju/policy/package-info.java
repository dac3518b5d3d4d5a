@NullMarked
package io.anju.policy;

import org.jspecify.annotations.NullMarked;
