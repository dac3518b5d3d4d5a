package io.anju.complaint;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A complaint about a lease that waits for an answer.
 *
 * @param residentId whose it is; null where nobody gave a name
 */
public record PendingAboutLease(
        UUID leaseId, UUID complaintId, @Nullable UUID residentId) {}
