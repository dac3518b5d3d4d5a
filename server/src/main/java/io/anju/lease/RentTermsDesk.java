package io.anju.lease;

import io.anju.identity.IdentityService;
import io.anju.lease.LeaseFollower.Change;
import io.anju.lease.LeasePolicy.Quote;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.InNameOf;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sets the rent of leases anew from a day on, one by one or for whoever adjusts many. */
public final class RentTermsDesk {
    private final IdentityService identity;
    private final LeaseChanges changes;
    private final Signing signing;
    private final LeaseStore store = new LeaseStore();
    private final PartyStore parties;

    RentTermsDesk(Vault vault, IdentityService identity, LeaseChanges changes, Signing signing) {
        this.identity = identity;
        this.changes = changes;
        this.signing = signing;
        this.parties = new PartyStore(vault);
    }

    /** Sets other terms from a day on, by the rules in force today; for whoever adjusts the rent. */
    public Future<LeaseFile> amend(
            Tx tx,
            CityCaller caller,
            UUID id,
            LocalDate from,
            @Nullable HouseholdFacts household,
            String reason,
            Instant now) {
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            LeasePolicy.requireBetween("/from", lease.from(), from, lease.lastDay());
            return parties.terms(tx, id)
                    .compose(known -> signing.requote(tx, lease, known.size() + 1, from, household, Shanghai.date(now)))
                    .compose(quote -> set(tx, caller, lease, quote, reason, now));
        });
    }

    private Future<LeaseFile> set(Tx tx, Caller caller, Lease lease, Quote quote, String reason, Instant now) {
        return parties.insertTerms(tx, lease.id(), quote.terms(), quote.basis(), reason, now)
                .compose(written -> store.update(tx, lease.id(), lease.state(), lease.course(), lease.end()))
                .compose(done -> changes.tell(
                        tx, caller, lease.id(), LeaseEvent.TERMS_CHANGED, reason, Change.TERMS_CHANGED, now));
    }

    /** The month's rent before and after, in fen; a subsidy or the days for which figures are known may change alone. */
    public record Revised(long beforeFen, long afterFen, boolean changed) {}

    /** Sets the terms that today's rules and rates give from a day on, unless they are those that hold. */
    public Future<Revised> revise(
            Tx tx, CityCaller caller, UUID id, LocalDate from, String reason, boolean dryRun, Instant now) {
        return changes.lockOwn(tx, caller, id).compose(lease -> {
            LeasePolicy.requireRunning(lease);
            var day = from.isBefore(lease.from()) ? lease.from() : from;
            LeasePolicy.requireBetween("/from", lease.from(), day, lease.lastDay());
            return parties.terms(tx, id).compose(known -> {
                var before = LeasePolicy.termsOn(known, day);
                return signing.requote(tx, lease, known.size() + 1, day, null, Shanghai.date(now))
                        .compose(quote -> {
                            var after = quote.terms();
                            var revised = new Revised(before.rentFen(), after.rentFen(), !before.costsAs(after));
                            return dryRun || !revised.changed()
                                    ? Future.succeededFuture(revised)
                                    : set(tx, caller, lease, quote, reason, now).map(revised);
                        });
            });
        });
    }

    /**
     * Which leases: those of a programme that run on a day or later.
     *
     * @param estateName null for all estates
     */
    public record Among(
            String cityCode, String programme, @Nullable String estateName, LocalDate from) {}

    public Future<Integer> countRunning(Sql sql, Among among) {
        return store.countRunning(sql, among);
    }

    /** Their ids in order, after one of them. */
    public Future<List<UUID>> running(Sql sql, Among among, @Nullable UUID after, int limit) {
        return store.running(sql, among, after, limit);
    }

    /** A member of staff, for work that goes on in their name. */
    public Future<CityCaller> clerk(Sql sql, UUID staffId) {
        return identity.staff(sql, staffId).map(staff -> InNameOf.city(staffId, Set.of(), staff.office()));
    }
}
