package io.anju.lease;

import io.anju.lease.LeaseFile.Signer;
import io.anju.policy.HouseholdFacts;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lease to sign.
 *
 * @param registrationId null for a household that is not on the waiting list
 * @param tenant null where the registration's application tells who it is
 * @param household null where the registration tells
 */
public record SignOrder(
        String programme,
        UUID homeId,
        @Nullable UUID registrationId,
        @Nullable Signer tenant,
        List<Signer> coTenants,
        @Nullable HouseholdFacts household,
        LocalDate from,
        LocalDate to,
        LocalDate signedOn) {
    public SignOrder {
        coTenants = List.copyOf(coTenants);
    }
}
