package io.anju.lease;

import io.anju.policy.HouseholdFacts;
import io.anju.policy.TenancyFacts;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * A lease with everyone who signed and every rent that it ever had.
 *
 * @param parties by their first day; none who was to become the tenant after the last day
 * @param terms by their number
 */
public record LeaseFile(Lease lease, List<Party> parties, List<RentTerms> terms) {
    public LeaseFile {
        parties = List.copyOf(parties);
        terms = List.copyOf(terms);
    }

    public enum Role {
        TENANT("tenant"),
        CO_TENANT("co-tenant");

        private final String id;

        Role(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }
    }

    /** @param maskedName the name itself is sealed */
    public record Party(UUID id, Role role, LocalDate from, String maskedName) {}

    /** A person who signs: in clear, for the way to the database only. */
    public record Signer(String fullName, String nationalId) {
        @Override
        public String toString() {
            return "a signer";
        }
    }

    /** The facts that terms follow from. */
    public record Basis(HouseholdFacts household, TenancyFacts tenancy) {}

    /** The first days of those who were the tenant, or are to be, in their order. */
    public List<LocalDate> tenantsFrom() {
        return parties.stream()
                .filter(party -> party.role() == Role.TENANT)
                .map(Party::from)
                .toList();
    }
}
