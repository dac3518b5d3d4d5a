/** The rules of the rooms, and a house that breaks each of them. */
@NullMarked
package io.anju.architecture;

import org.jspecify.annotations.NullMarked;
