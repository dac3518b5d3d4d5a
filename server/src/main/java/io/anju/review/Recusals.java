package io.anju.review;

import io.anju.application.ApplicationService;
import io.anju.application.Impartiality;
import io.anju.identity.IdentityService;
import io.anju.identity.NationalId;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AccountCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.http.KnownCaller;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.http.StaffCaller;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps members of staff away from their own cases and from those of people close to them (回避). */
final class Recusals implements Impartiality {
    private final Db db;
    private final IdentityService identities;
    private final ApplicationService applications;
    private final RecusalStore store;

    Recusals(Db db, Vault vault, IdentityService identities, ApplicationService applications) {
        this.db = db;
        this.identities = identities;
        this.applications = applications;
        this.store = new RecusalStore(vault);
    }

    Future<Recusal> declarePerson(
            Tx tx, AccountCaller caller, String nationalId, String ground, LocalDate today, Instant now) {
        var fault = NationalId.check(nationalId, today);
        if (fault.isPresent()) {
            return Refusal.failed(
                    ReviewProblem.RECUSAL_PERSON_NOT_VALID, List.of(Finding.of("/nationalId", fault.get())));
        }
        var person = NationalId.parse(nationalId);
        var about = new RecusalStore.About(identities.personIndex(person), person.value(), null);
        return declare(tx, caller, about, ground, now);
    }

    Future<Recusal> declareCase(Tx tx, OfficeCaller caller, UUID applicationId, String ground, Instant now) {
        return declare(tx, caller, new RecusalStore.About(null, null, applicationId), ground, now);
    }

    Future<List<Recusal>> list(AccountCaller caller, @Nullable UUID before, int limit) {
        return store.list(db, caller.id(), before, limit);
    }

    /** The system's own jobs have no relatives. */
    @Override
    public Future<Void> require(Tx tx, StaffCaller caller, UUID holder) {
        return caller.kind() == Caller.Kind.STAFF && caller.id() != null
                ? requireNone(tx, caller, holder)
                : Future.succeededFuture();
    }

    @Override
    public Future<List<UUID>> holders(Tx tx, Caller caller) {
        var staffId = caller.id();
        return caller.kind() == Caller.Kind.STAFF && staffId != null
                ? Future.all(
                                persons(tx, staffId).compose(persons -> applications.holdersOf(tx, persons)),
                                store.listCases(tx, staffId))
                        .map(read -> Stream.concat(
                                        read.<List<UUID>>resultAt(0).stream(), read.<List<UUID>>resultAt(1).stream())
                                .toList())
                : Future.succeededFuture(List.of());
    }

    /** The member of staff, where it is known who that is, and everybody whom they have declared. */
    private Future<List<byte[]>> persons(Tx tx, UUID staffId) {
        return Future.all(identities.personOfStaff(tx, staffId), store.listAgainst(tx, staffId, null))
                .map(read -> Stream.concat(
                                read.<Optional<byte[]>>resultAt(0).stream(),
                                read.<List<Optional<byte[]>>>resultAt(1).stream()
                                        .flatMap(Optional::stream))
                        .toList());
    }

    /** Refuses where the caller belongs to the household, or has declared the case or one of its members. */
    Future<Void> requireNone(Tx tx, StaffCaller caller, UUID applicationId) {
        return requireNone(tx, caller.id(), applicationId, List.of());
    }

    /**
     * As {@link #requireNone(Tx, Caller, UUID)}, also where one of these persons is declared or the member of staff.
     *
     * @param applicationId null where it is about no household
     */
    Future<Void> requireNone(Tx tx, UUID staffId, @Nullable UUID applicationId, List<byte[]> others) {
        return Future.all(identities.personOfStaff(tx, staffId), store.listAgainst(tx, staffId, applicationId))
                .compose(read -> {
                    Optional<byte[]> self = read.resultAt(0);
                    List<Optional<byte[]>> declared = read.resultAt(1);
                    if (declared.stream().anyMatch(Optional::isEmpty)) {
                        return Future.succeededFuture(true);
                    }
                    var persons = Stream.concat(self.stream(), declared.stream().flatMap(Optional::stream))
                            .toList();
                    if (persons.stream()
                            .anyMatch(person -> others.stream().anyMatch(other -> Arrays.equals(person, other)))) {
                        return Future.succeededFuture(true);
                    }
                    return persons.isEmpty() || applicationId == null
                            ? Future.succeededFuture(false)
                            : applications.hasMember(tx, applicationId, persons);
                })
                .compose(close -> close ? Refusal.failed(ReviewProblem.RECUSAL_REQUIRED) : Future.succeededFuture());
    }

    private Future<Recusal> declare(Tx tx, KnownCaller caller, RecusalStore.About about, String ground, Instant now) {
        return store.declare(tx, caller.id(), about, ground, now)
                .compose(recusal -> Audit.record(tx, caller, "recusal.declared", "staff", caller.id(), recusal.ground())
                        .map(recusal));
    }
}
