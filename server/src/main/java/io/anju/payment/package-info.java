/**
 * Payments (缴费): orders, refunds, and the channels that they go through. Knows of bills only what {@link
 * io.anju.payment.Payables} says.
 */
@NullMarked
package io.anju.payment;

import org.jspecify.annotations.NullMarked;
