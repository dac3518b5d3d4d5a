/** Joint verification (部门联审): what agencies are asked about a household at a step, and what they answer. */
@NullMarked
package io.anju.verification;

import org.jspecify.annotations.NullMarked;
