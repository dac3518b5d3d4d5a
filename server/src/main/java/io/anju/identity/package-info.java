/** Who is speaking: residents, staff and partner agencies, their log-ins, sessions and tokens. */
@NullMarked
package io.anju.identity;

import org.jspecify.annotations.NullMarked;
