/** What residents may ask about themselves: a copy of their data, its correction, the end of the account. */
@NullMarked
package io.anju.rights;

import org.jspecify.annotations.NullMarked;
