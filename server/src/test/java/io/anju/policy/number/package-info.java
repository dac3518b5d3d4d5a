/** Tests of exact numbers. */
@NullMarked
package io.anju.policy.number;

import org.jspecify.annotations.NullMarked;
