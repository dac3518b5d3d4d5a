package io.anju.rights;

import io.anju.application.Amendments.Amendment;
import io.anju.identity.IdentityService;
import io.anju.identity.PhoneProofs;
import io.anju.identity.RealName;
import io.anju.lease.LeaseAmendments;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Outbox;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.rights.Correction.Content;
import io.anju.rights.Correction.Place;
import io.anju.rights.Correction.State;
import io.anju.rights.Correction.Subject;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What residents do about mistakes in what is held about them. */
public final class CorrectionService {
    private static final String KIND = "data-correction";

    private final Db db;
    private final IdentityService identities;
    private final Correctables things;
    private final CorrectionStore store;

    public CorrectionService(Db db, Vault vault, IdentityService identities, Correctables things) {
        this.db = db;
        this.identities = identities;
        this.things = things;
        this.store = new CorrectionStore(vault);
    }

    /** @param cityCode only for the name of the account: which city decides */
    record Wish(
            Subject subject,
            @Nullable UUID subjectId,
            @Nullable String cityCode,
            Content content) {}

    /** Enters a request; the office in charge has thirty days. */
    Future<Correction> request(Tx tx, ResidentCaller caller, Wish wish, Instant now) {
        requireName(wish);
        var resident = caller.id();
        return identities
                .hold(tx, resident)
                .compose(held -> store.countOpen(tx, resident))
                .compose(open -> open < CorrectionPolicy.MOST_OPEN
                        ? place(tx, resident, wish)
                        : Refusal.failed(
                                RightsProblem.TOO_MANY_CORRECTIONS,
                                Map.of("maximum", Integer.toString(CorrectionPolicy.MOST_OPEN))))
                .compose(place -> enter(tx, caller, wish, place, CorrectionPolicy.dueOn(Shanghai.date(now)), now))
                .compose(id -> tell(tx, caller, id, wish.subject(), "requested").compose(told -> own(tx, caller, id)));
    }

    /** The name on the account is the one on the card, so what is right must be a name. */
    private static void requireName(Wish wish) {
        var correct = wish.content().correct();
        if (wish.subject() == Subject.IDENTITY
                && (correct == null || RealName.normalise(correct).isEmpty())) {
            throw Refusal.at("/correct", RightsProblem.CORRECTION_NAME_INVALID);
        }
    }

    private Future<Place> place(Tx tx, UUID resident, Wish wish) {
        return things.find(tx, resident, wish.subject(), wish.subjectId(), wish.cityCode())
                .map(found ->
                        found.orElseThrow(() -> Refusal.at("/subjectId", RightsProblem.CORRECTION_SUBJECT_UNKNOWN)));
    }

    private Future<UUID> enter(
            Tx tx, ResidentCaller caller, Wish wish, Place place, @Nullable LocalDate dueOn, Instant now) {
        var id = Ids.next(now);
        return identities.resident(tx, caller.id()).compose(owner -> {
            var person = owner.person();
            if (person == null && wish.subject() == Subject.IDENTITY) {
                return Refusal.failed(RightsProblem.CORRECTION_SUBJECT_UNKNOWN);
            }
            var one = new Correction(
                    id,
                    owner.id(),
                    wish.subject(),
                    wish.subjectId(),
                    place,
                    Masking.name(person == null ? "" : person.name()),
                    Correction.proxyOf(caller),
                    wish.content(),
                    State.REQUESTED,
                    now,
                    dueOn,
                    null);
            return store.insert(tx, one).map(id);
        });
    }

    Future<List<Correction>> list(ResidentCaller caller, @Nullable UUID before, int limit) {
        return store.listOwn(db, caller.id(), before, limit);
    }

    Future<Correction> get(ResidentCaller caller, UUID id) {
        return own(db, caller, id);
    }

    private Future<Correction> own(Sql sql, ResidentCaller caller, UUID id) {
        return store.findOwn(sql, caller.id(), id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** Takes one's own request back before it is decided. */
    Future<Correction> withdraw(Tx tx, ResidentCaller caller, UUID id, Instant now) {
        return own(tx, caller, id)
                .compose(found -> store.lock(tx, id))
                .compose(locked -> own(tx, caller, id))
                .compose(one -> one.state() == State.REQUESTED
                        ? store.end(tx, id, State.WITHDRAWN, now)
                                .compose(ended -> tell(tx, caller, id, one.subject(), "withdrawn"))
                        : Refusal.failed(RightsProblem.CORRECTION_DECIDED))
                .compose(told -> own(tx, caller, id));
    }

    /** The phone that a code proves, before the transaction: the try counts whatever becomes of it. */
    Future<PhoneProofs.@Nullable Proof> prove(@Nullable UUID challengeId, @Nullable String code, Instant now) {
        return challengeId == null || code == null
                ? Future.succeededFuture(null)
                : identities.phoneProofs().tryCode(challengeId, code, now).map(proof -> proof);
    }

    /** Changes how the household of an application can be reached; it holds at once. */
    Future<Correction> changeContact(
            Tx tx,
            ResidentCaller caller,
            UUID applicationId,
            PhoneProofs.@Nullable Proof proof,
            @Nullable String addressLine,
            String address,
            Instant now) {
        Future<@Nullable String> phone = proof == null
                ? Future.succeededFuture(null)
                : identities.phoneProofs().spend(tx, proof, address, now).map(number -> number);
        return things.find(tx, caller.id(), Subject.CONTACT, applicationId, null)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(place -> phone.compose(number -> enter(
                        tx,
                        caller,
                        new Wish(Subject.CONTACT, applicationId, null, Content.contact(number, addressLine)),
                        place,
                        null,
                        now)))
                .compose(id -> store.end(tx, id, State.UPHELD, now)
                        .compose(ended -> tell(tx, caller, id, Subject.CONTACT, "upheld"))
                        .compose(told -> own(tx, caller, id)));
    }

    /** What was put right in a household's file, for those who open it. */
    public Future<List<Amendment>> amendments(Sql sql, UUID applicationId) {
        return store.listUpheld(sql, applicationId)
                .map(found -> found.stream().map(CorrectionService::amendment).toList());
    }

    /** What was put right in a lease, for those who open it. */
    public Future<List<LeaseAmendments.Amendment>> leaseAmendments(Sql sql, UUID leaseId) {
        return store.listUpheldOfLease(sql, leaseId)
                .map(found -> found.stream()
                        .map(CorrectionService::amendment)
                        .map(CorrectionService::masked)
                        .toList());
    }

    /** A lease shows nobody's numbers: what holds one is read in the request itself, on record. */
    private static LeaseAmendments.Amendment masked(Amendment one) {
        var correct = one.correct();
        var shown = correct != null && Masking.isMasked(correct) ? correct : null;
        return new LeaseAmendments.Amendment(one.at(), one.item(), shown, one.office());
    }

    private static Amendment amendment(Correction one) {
        var content = one.content();
        var ending = Objects.requireNonNull(one.ending());
        return new Amendment(
                ending.at(),
                content.item(),
                content.correct(),
                ending.office(),
                content.phone(),
                content.addressLine());
    }

    private static Future<Void> tell(Tx tx, Caller caller, UUID id, Subject subject, String what) {
        return Audit.record(tx, caller, KIND + '.' + what, KIND, id, subject.id())
                .compose(audited -> Outbox.append(tx, KIND + '.' + what, id, "{\"subject\":\"" + subject.id() + "\"}"));
    }
}
