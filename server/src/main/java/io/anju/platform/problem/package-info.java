/** What goes wrong, said once: catalogue codes, findings with pointers, and the one exception that is a refusal. */
@NullMarked
package io.anju.platform.problem;

import org.jspecify.annotations.NullMarked;
