/** Tests that walk through the contract: an operation that is added is tested by them without another line. */
@NullMarked
package io.anju.contract;

import org.jspecify.annotations.NullMarked;
