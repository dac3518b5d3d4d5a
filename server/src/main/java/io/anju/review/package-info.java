/** Review (审核): the offices' tasks, who works on them, and what is decided; re-review (复核) too. */
@NullMarked
package io.anju.review;

import org.jspecify.annotations.NullMarked;
