package io.anju.rights;

import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.review.ReviewService;
import io.anju.rights.Correction.Reason;
import io.anju.rights.Correction.State;
import io.anju.rights.Correction.Subject;
import io.anju.rights.CorrectionStore.Spot;
import io.anju.waitinglist.FactService;
import io.anju.waitinglist.LifeChange;
import io.anju.waitinglist.Registration;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What offices do about requests for correction of their area. */
public final class CorrectionDesk {
    /** Whoever changes what a household is scored by keeps the register. */
    private static final String REGISTRAR = "staff.register";

    private final Db db;
    private final IdentityService identities;
    private final ReviewService reviews;
    private final FactService facts;
    private final CorrectionStore store;
    private final CorrectionFileStore files;
    private final Correctables things;
    private final CorrectionEvidence evidence;

    CorrectionDesk(
            Db db,
            Vault vault,
            IdentityService identities,
            ReviewService reviews,
            FactService facts,
            Correctables things,
            CorrectionEvidence evidence) {
        this.db = db;
        this.identities = identities;
        this.reviews = reviews;
        this.facts = facts;
        this.store = new CorrectionStore(vault);
        this.files = new CorrectionFileStore(vault);
        this.things = things;
        this.evidence = evidence;
    }

    /** The next facts of a registration, and from which day on. */
    record Change(LifeChange change, LocalDate effectiveOn) {}

    /** @param change only of a registration that is put right */
    record Decision(
            boolean upholds, Reason reason, @Nullable Change change) {}

    /** Requests of the caller's area, those due first at the top. */
    Future<List<Correction>> list(
            AreaCaller caller, State state, @Nullable LocalDate dueBefore, @Nullable Spot after, int limit) {
        return store.listWithin(db, caller.office(), state, dueBefore, after, limit);
    }

    /** Opens a request of the caller's area; the resident sees who did and why. */
    Future<Correction> open(AreaCaller caller, UUID id, String reason, Instant now) {
        return db.inTransaction(tx -> within(tx, caller, id)
                .compose(one -> requireImpartial(tx, caller, one))
                .compose(free -> files.insertView(tx, caller, id, reason, now))
                .compose(seen -> Audit.record(tx, caller, "data-correction.opened", "data-correction", id, reason))
                .compose(recorded -> within(tx, caller, id)));
    }

    /** Opens evidence of a request of the caller's area; the resident sees who did and why. */
    Future<CorrectionEvidence.Opened> openEvidence(
            AreaCaller caller, UUID id, UUID paperId, String reason, Instant now) {
        return db.inTransaction(tx -> within(tx, caller, id)
                        .compose(one -> requireImpartial(tx, caller, one))
                        .compose(free -> evidence.requirePaper(tx, id, paperId))
                        .compose(there -> files.insertView(tx, caller, id, reason, now))
                        .compose(seen -> Audit.record(
                                tx, caller, "data-correction.evidence-opened", "data-correction", id, reason)))
                .compose(recorded -> evidence.open(id, paperId));
    }

    /** Decides a request of the caller's area, once; what follows from it is in the same transaction. */
    Future<Correction> decide(Tx tx, AreaCaller caller, UUID id, Decision decision, Instant now) {
        requireMasked(decision.reason());
        return within(tx, caller, id)
                .compose(found -> store.lock(tx, id))
                .compose(locked -> within(tx, caller, id))
                .compose(one -> requireImpartial(tx, caller, one).compose(free -> {
                    if (one.state() != State.REQUESTED) {
                        return Refusal.failed(RightsProblem.CORRECTION_DECIDED);
                    }
                    requireFitting(one, decision);
                    return (decision.upholds()
                                    ? putRight(tx, caller, one, decision, now)
                                    : Future.<Void>succeededFuture())
                            .compose(done -> decided(tx, caller, one, decision, now));
                }))
                .compose(done -> within(tx, caller, id));
    }

    private Future<Correction> within(Sql sql, AreaCaller caller, UUID id) {
        return store.findWithin(sql, caller.office(), id).map(CorrectionDesk::orNotFound);
    }

    private static Correction orNotFound(Optional<Correction> found) {
        return found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND));
    }

    /** Whoever is the resident, belongs to the household or the lease, or has declared one of them stays out (回避). */
    private Future<Void> requireImpartial(Tx tx, AreaCaller caller, Correction one) {
        return Future.all(identities.resident(tx, one.residentId()), things.persons(tx, one.subject(), one.subjectId()))
                .compose(read -> {
                    var persons = new ArrayList<byte[]>(person(read.resultAt(0)));
                    persons.addAll(read.<List<byte[]>>resultAt(1));
                    return reviews.requireNoConflict(
                            tx, caller.id(), one.place().household(), persons);
                });
    }

    private List<byte[]> person(Resident owner) {
        var person = owner.person();
        return person == null ? List.of() : List.of(identities.personIndex(person.nationalId()));
    }

    private static void requireMasked(Reason reason) {
        if (!Masking.isMasked(reason.finding() + '\n' + reason.basis() + '\n' + reason.remedy())) {
            throw Refusal.at("/finding", RightsProblem.CORRECTION_REASON_NAMES_A_PERSON);
        }
    }

    private static void requireFitting(Correction one, Decision decision) {
        var takesChange = decision.upholds() && one.subject() == Subject.REGISTRATION;
        if (takesChange && decision.change() == null) {
            throw Refusal.at("/changes", RightsProblem.CORRECTION_NEEDS_CHANGES);
        }
        if (!takesChange && decision.change() != null) {
            throw Refusal.at("/changes", RightsProblem.CORRECTION_TAKES_NO_CHANGES);
        }
    }

    /** Of an application and a lease the decision is what stands beside the file. */
    private Future<Void> putRight(Tx tx, AreaCaller caller, Correction one, Decision decision, Instant now) {
        return switch (one.subject()) {
            case IDENTITY ->
                identities.correctName(
                        tx,
                        caller,
                        one.residentId(),
                        Optional.ofNullable(one.content().correct()).orElseThrow());
            case REGISTRATION -> changeFacts(tx, caller, one, decision, now);
            case APPLICATION, LEASE, CONTACT -> Future.succeededFuture();
        };
    }

    private Future<Void> changeFacts(Tx tx, AreaCaller caller, Correction one, Decision decision, Instant now) {
        var change = Optional.ofNullable(decision.change()).orElseThrow();
        if (!caller.scopes().contains(REGISTRAR)) {
            return Refusal.failed(PlatformProblem.FORBIDDEN);
        }
        var said = decision.reason();
        var reason = new Registration.Reason(said.finding(), said.basis(), said.evidenceNumber(), said.remedy());
        var id = Optional.ofNullable(one.subjectId()).orElseThrow();
        return facts.change(tx, caller, id, change.change(), change.effectiveOn(), reason, now)
                .mapEmpty();
    }

    /** Whoever follows the events learns that something they were told is another now. */
    private Future<Void> decided(Tx tx, AreaCaller caller, Correction one, Decision decision, Instant now) {
        var state = decision.upholds() ? State.UPHELD : State.REFUSED;
        var topic = "data-correction." + state.id();
        var subject = one.subjectId() == null ? one.residentId() : one.subjectId();
        return store.decide(tx, one.id(), state, caller, decision.reason(), now)
                .compose(done -> Audit.record(
                        tx,
                        caller,
                        topic,
                        "data-correction",
                        one.id(),
                        one.subject().id()))
                .compose(recorded -> Outbox.append(
                        tx,
                        topic,
                        one.id(),
                        "{\"subject\":\"%s\",\"subjectId\":\"%s\"}"
                                .formatted(one.subject().id(), subject)));
    }
}
