package io.anju.platform.jobs;

import java.time.Instant;
import java.util.UUID;

/**
 * A piece of work as its handler sees it.
 *
 * @param key the effect's business key: unique per kind, so the same work is never queued twice
 * @param payload JSON; small, and without personal data
 * @param attempt 1 for the first try
 * @param fence grows with every lease; a completion with an older number is refused
 * @param periodMillis 0, or the period of work that comes again
 * @param now the runner's clock when it took the job
 */
public record Job(
        UUID id, String kind, String key, String payload, int attempt, long fence, long periodMillis, Instant now) {
    boolean comesAgain() {
        return periodMillis > 0;
    }
}
