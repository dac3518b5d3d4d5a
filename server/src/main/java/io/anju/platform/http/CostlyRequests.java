package io.anju.platform.http;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;

/** Counts what is costly or guessable where all instances look, so that an address has one allowance at all of them. */
public interface CostlyRequests {
    Duration WINDOW = Duration.ofHours(1);

    /** How often the address has asked for the operation in the window that ends then, this time included. */
    record Count(int used, Instant windowEnd) {}

    Future<Count> count(String operation, String address, Instant now);
}
