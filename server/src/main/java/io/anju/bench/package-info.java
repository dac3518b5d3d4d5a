/**
 * The benchmark: what the generated route costs over a bare handler that runs the very same statements on the very
 * same data. Server and load run in processes of their own, on loopback, so that processor time can be told apart.
 */
@NullMarked
package io.anju.bench;

import org.jspecify.annotations.NullMarked;
