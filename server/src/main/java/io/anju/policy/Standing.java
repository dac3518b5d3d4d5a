package io.anju.policy;

import java.math.BigDecimal;
import java.time.Instant;

/** What the order of a waiting list can be made of. */
public record Standing(BigDecimal score, Instant appliedAt, Instant registeredAt, String receiptNumber) {}
