/**
 * The waiting list (轮候册): a register of immutable facts, and ranks that are derived from them.
 *
 * <p>A derivation writes a whole new generation ({@code standing} and its lines); nothing is shifted in place. So what
 * is served can always be recomputed from scratch, and two generations tell what moved.
 */
@NullMarked
package io.anju.waitinglist;

import org.jspecify.annotations.NullMarked;
