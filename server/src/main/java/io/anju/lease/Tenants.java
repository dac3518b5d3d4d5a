package io.anju.lease;

import io.anju.lease.Lease.Tenant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who was the tenant of a lease, one after another: each owes the bills of their own days. Nobody is added before the
 * newest one, so the first day of a tenant names a tenancy for good; its last day is known once somebody follows.
 *
 * @param all by their first days; at least one
 */
public record Tenants(UUID leaseId, List<Tenant> all) {
    public Tenants {
        all = List.copyOf(all);
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nobody is the tenant of " + leaseId);
        }
    }

    /** The tenancy that a day belongs to: the first one's where nobody was the tenant yet. */
    public Tenancy of(LocalDate day) {
        var place = placeOf(day);
        return new Tenancy(
                leaseId,
                all.get(place).from(),
                place + 1 < all.size() ? all.get(place + 1).from() : null);
    }

    /** Whose tenancy it is that a day belongs to. */
    public Tenant tenant(LocalDate day) {
        return all.get(placeOf(day));
    }

    private int placeOf(LocalDate day) {
        var place = 0;
        while (place + 1 < all.size() && !all.get(place + 1).from().isAfter(day)) {
            place++;
        }
        return place;
    }

    /**
     * The tenancy that concerns somebody first: the one of now for whoever has the home, which co-tenants have
     * throughout; their own for those who left, and for those to whom the home is still to pass.
     *
     * @param own the person's days
     */
    public Tenancy of(Tenancy own, LocalDate today) {
        return of(own.includes(today) ? today : own.from());
    }

    /** The tenancy that began on a day, where it is among somebody's own: a co-tenant's are all of them. */
    public Optional<Tenancy> find(LocalDate from, Tenancy own) {
        return all.stream().anyMatch(tenant -> tenant.from().equals(from)) && own.includes(from)
                ? Optional.of(of(from))
                : Optional.empty();
    }
}
