/** Documents that people print: pages of large Chinese type. */
@NullMarked
package io.anju.platform.paper;

import org.jspecify.annotations.NullMarked;
