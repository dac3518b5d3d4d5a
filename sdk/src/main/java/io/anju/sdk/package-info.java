/**
 * The Java SDK of Anju: {@link io.anju.sdk.AnjuClient} is the way in. The classes in {@code io.anju.sdk.api} and
 * {@code io.anju.sdk.model} are generated from the contract; this package adds what generation leaves out: tokens,
 * idempotency keys, safe retries, paging and typed problems.
 */
@NullMarked
package io.anju.sdk;

import org.jspecify.annotations.NullMarked;
