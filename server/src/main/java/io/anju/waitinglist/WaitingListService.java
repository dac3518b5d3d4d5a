package io.anju.waitinglist;

import io.anju.application.ApplicationService;
import io.anju.application.CaseFile;
import io.anju.application.Registrar;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.StaffCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.Registration.ExitType;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The waiting list's door for facts: who enters the register and who leaves it. */
public final class WaitingListService implements Registrar {
    private final Db db;
    private final ApplicationService applications;
    private final PolicyService policies;
    private final WaitingListStore store;
    private final BarStore bars = new BarStore();
    private final RegisterStore registers = new RegisterStore();
    private final FactStore facts;

    public WaitingListService(Db db, Vault vault, ApplicationService applications, PolicyService policies) {
        this.db = db;
        this.policies = policies;
        this.applications = applications;
        this.store = new WaitingListStore(vault);
        this.facts = new FactStore(vault);
    }

    /** Enters a household whose application has passed its last step; waiting counts from this day. */
    @Override
    public Future<Void> register(Tx tx, CaseFile file, Instant now) {
        var qualifiedOn = Shanghai.date(now);
        var declared = applications.facts(tx, file.id());
        var earlier = store.earlierQualification(tx, file);
        return Future.all(declared, earlier)
                .map(both -> declared.result()
                        .qualified(qualifiedOn)
                        .onFile(declared.result()
                                .onFile()
                                .appliedOn(Shanghai.date(file.submittedAt()))
                                .earlierQualifiedOn(earlier.result().orElse(null))))
                .compose(known -> store.insert(tx, file, known, qualifiedOn, now));
    }

    /** The registration that an application led to, if it has. */
    public Future<Optional<Registration>> find(Sql sql, UUID applicationId) {
        return store.ofApplication(sql, applicationId);
    }

    /** A registration of a resident's account. */
    public Future<Optional<Registration>> ofResident(Sql sql, UUID residentId, UUID registrationId) {
        return store.ofResident(sql, residentId, registrationId);
    }

    /**
     * A household as whoever lets it a home needs to know it.
     *
     * @param facts those that it is scored by now
     */
    public record Candidate(Registration registration, HouseholdFacts facts) {}

    /** A household of the caller's area, whether it is still on the list or not. */
    public Future<Optional<Candidate>> candidate(Tx tx, CityCaller caller, UUID registrationId) {
        return store.ofOffice(tx, registrationId, caller.office())
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : facts.inputs(tx, registrationId, Long.MAX_VALUE)
                                .map(inputs -> Optional.of(new Candidate(found.get(), inputs.facts()))));
    }

    /** Takes a household of the caller's area off the list, with the four parts of the reason; final. */
    public Future<Registration> exit(
            Tx tx, StaffCaller caller, UUID registrationId, RegistrationExit exit, Instant now) {
        return store.ofOffice(tx, registrationId, caller.office())
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get())
                        : Refusal.failed(PlatformProblem.NOT_FOUND))
                .compose(registration -> requireImpartial(tx, caller, registration))
                .compose(registration -> {
                    WaitingListPolicy.checkExit(registration, exit, Shanghai.date(now));
                    return barOf(tx, registration, exit)
                            .compose(until -> leave(tx, caller, registration, exit, until, now));
                });
    }

    /** Gives the registration; refuses whoever is too close to the household. */
    Future<Registration> requireImpartial(Tx tx, StaffCaller caller, Registration registration) {
        return applications
                .requireImpartial(tx, caller, registration.applicationId())
                .map(registration);
    }

    /** What the household's own rules say about this ground (退出事由); null where they bar nobody. */
    private Future<@Nullable LocalDate> barOf(Tx tx, Registration registration, RegistrationExit exit) {
        return policies.byDigest(tx, registration.policyDigest())
                .map(policy -> policy.cases()
                        .exitGround(exit.type().id())
                        .map(ground -> ground.outcome(exit.occurredOn()).barredUntil())
                        .orElse(null));
    }

    /**
     * Writes an exit whose reasons were checked.
     *
     * @param barredUntil last day on which nobody of the household may apply again; null for no bar
     */
    Future<Registration> leave(
            Tx tx,
            Caller caller,
            Registration registration,
            RegistrationExit exit,
            @Nullable LocalDate barredUntil,
            Instant now) {
        var type = exit.type().id();
        return store.insertExit(tx, registration, exit, caller, now)
                .compose(left -> bar(tx, registration, barredUntil, now))
                .compose(barred -> endClaims(tx, registration, exit, now))
                .compose(ended ->
                        Audit.record(tx, caller, "registration.exited", "registration", registration.id(), type))
                .compose(audited ->
                        Outbox.append(tx, "registration.exited", registration.id(), "{\"exitType\":\"" + type + "\"}"))
                .compose(told -> store.byId(tx, registration.id()))
                .map(Optional::orElseThrow);
    }

    /** While the members still hold their places: those are the household. */
    private Future<Void> bar(Tx tx, Registration registration, @Nullable LocalDate until, Instant now) {
        return until == null
                ? Future.succeededFuture()
                : applications
                        .persons(tx, registration.applicationId())
                        .compose(persons ->
                                bars.insert(tx, registration.id(), registration.list(), persons, until, now));
    }

    private Future<Void> endClaims(Tx tx, Registration registration, RegistrationExit exit, Instant now) {
        return exit.type() == ExitType.HOUSED
                ? applications.recordHoused(tx, registration.applicationId(), exit.occurredOn(), now)
                : applications.releaseMembers(tx, registration.applicationId(), now);
    }

    /** The registrations of a resident's account, newest first. */
    Future<List<Registration>> own(UUID residentId, @Nullable UUID before, int limit) {
        return store.own(db, residentId, before, limit);
    }

    /** Registrations of an office's area, newest first. */
    Future<RegisterStore.Found> list(RegisterFilter filter, @Nullable UUID before, int limit) {
        return registers.list(db, filter, before, limit);
    }
}
