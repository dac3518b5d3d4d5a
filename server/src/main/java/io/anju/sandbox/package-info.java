/** Plays the parties outside, over real HTTP: for demonstrations and tests. */
@NullMarked
package io.anju.sandbox;

import org.jspecify.annotations.NullMarked;
