/** Arrears: what is followed up about rent that is overdue, what eases it, and what is proposed to an official. */
@NullMarked
package io.anju.arrears;

import org.jspecify.annotations.NullMarked;
