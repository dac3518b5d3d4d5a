package io.anju.lease;

import io.anju.lease.Lease.Rent;
import io.anju.lease.LeaseFile.Party;
import io.anju.lease.LeaseFile.Role;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The days of a lease that are one person's own: a tenant's until another takes over, a co-tenant's throughout. What was
 * billed and recorded for other days tells of another household's means, and is not shown.
 *
 * @param from the first of them
 * @param until the day after the last; none where nobody took over
 */
public record Tenancy(
        UUID leaseId, LocalDate from, @Nullable LocalDate until) {
    /** Whether nobody took over. */
    public boolean isHeld() {
        return until == null;
    }

    /** Whether somebody else has the home on a day, since this tenant left. */
    public boolean isOver(LocalDate today) {
        return !isBeforeEnd(today);
    }

    /** Whether it began with the lease; what was posted before the first day, such as the deposit, belongs to it then. */
    public boolean isWhole(Lease lease) {
        return !from.isAfter(lease.from());
    }

    public boolean includes(LocalDate day) {
        return !day.isBefore(from) && isBeforeEnd(day);
    }

    private boolean isBeforeEnd(LocalDate day) {
        return until == null || day.isBefore(until);
    }

    /** The lease as this person may read it. */
    LeaseFile own(LeaseFile file) {
        var parties = parties(file.parties());
        var terms = terms(file.terms());
        return new LeaseFile(isHeld() ? file.lease() : asLeft(file.lease(), parties, terms), parties, terms);
    }

    private List<Party> parties(List<Party> all) {
        var tenants = all.stream().filter(party -> party.role() == Role.TENANT).toList();
        return all.stream()
                .filter(party -> isBeforeEnd(party.from()))
                .filter(party -> party.role() == Role.CO_TENANT || !leftBefore(party, tenants))
                .toList();
    }

    private boolean leftBefore(Party tenant, List<Party> tenants) {
        return tenants.stream()
                .anyMatch(next ->
                        next.from().isAfter(tenant.from()) && !next.from().isAfter(from));
    }

    /** Those that held on a day of one's own: the ones that began on such a day, and the one that held on the first. */
    private List<RentTerms> terms(List<RentTerms> all) {
        var atFirst = RentTerms.standing(all).stream()
                .filter(terms -> !terms.from().isAfter(from))
                .mapToInt(RentTerms::number)
                .max()
                .orElse(0);
        return all.stream()
                .filter(terms -> terms.number() == atFirst || includes(terms.from()))
                .toList();
    }

    private static Lease asLeft(Lease lease, List<Party> parties, List<RentTerms> terms) {
        var tenant = parties.stream()
                .filter(party -> party.role() == Role.TENANT)
                .reduce((earlier, later) -> later)
                .map(party -> new Lease.Tenant(party.maskedName(), party.from()))
                .orElse(lease.tenant());
        var rent = terms.stream()
                .reduce((earlier, later) -> later)
                .map(last -> new Rent(last.rentFen(), last.subsidyFen()))
                .orElse(lease.rent());
        return lease.leftBy(tenant, rent);
    }
}
