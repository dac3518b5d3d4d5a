package io.anju.application;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.StaffCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyService;
import io.anju.policy.Step;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The door through which the other domains move applications along the policy's pipeline.
 *
 * <p>Every move takes a file that {@link #lockCase} gave in the same transaction, writes one event into the timeline
 * and one into the outbox, and gives the file as it stands afterwards. A move that the state does not allow is refused
 * with 409 {@code move-not-allowed}.
 */
public final class ApplicationService {
    private static final Set<ApplicationState> AT_A_STEP =
            EnumSet.of(ApplicationState.IN_REVIEW, ApplicationState.IN_PUBLICITY, ApplicationState.IN_RE_REVIEW);

    private final ApplicationStore store;
    private final SubmissionStore submissions;
    private final CorrectionStore corrections;
    private final ClaimStore claims = new ClaimStore();
    private final ReadingStore readings = new ReadingStore();
    private final PolicyService policies;
    private final Pipeline pipeline;
    private final Moves moves;
    private final Vault vault;

    public ApplicationService(Vault vault, PolicyService policies, Pipeline pipeline) {
        this.vault = vault;
        this.policies = policies;
        this.store = new ApplicationStore(vault);
        this.submissions = new SubmissionStore(vault);
        this.corrections = new CorrectionStore(vault);
        this.pipeline = pipeline;
        this.moves = new Moves(store, pipeline);
    }

    /** Locks a submitted application until the transaction ends; refuses with 404 where there is none. */
    public Future<CaseFile> lockCase(Tx tx, UUID applicationId) {
        return store.lock(tx, applicationId)
                .map(ApplicationService::submitted)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    public Future<Optional<CaseFile>> findCase(Sql sql, UUID applicationId) {
        return store.find(sql, applicationId).map(ApplicationService::submitted);
    }

    /** Finds by receipt number, written in upper or lower case; one with a wrong check character is not looked up. */
    public Future<Optional<CaseFile>> findByReceipt(Sql sql, String receiptNumber) {
        return ReceiptNumber.isValid(receiptNumber)
                ? store.findByReceipt(sql, receiptNumber.toUpperCase(Locale.ROOT))
                        .map(ApplicationService::submitted)
                : Future.succeededFuture(Optional.empty());
    }

    private static Optional<CaseFile> submitted(Optional<Application> found) {
        return found.filter(application -> application.handedIn() != null).map(Application::asCase);
    }

    /** The applications of a resident, drafts included. */
    public Future<List<UUID>> idsOfResident(Sql sql, UUID residentId) {
        return store.idsOfResident(sql, residentId);
    }

    /**
     * Refuses whoever is too close to a household to work on its case: the one question that every room asks before a
     * member of staff decides something about a household.
     *
     * @param holder the application, or the registration of a household that was taken over
     */
    public Future<Void> requireImpartial(Tx tx, StaffCaller caller, UUID holder) {
        return pipeline.requireImpartial(tx, caller, holder);
    }

    /** As {@link #requireImpartial}, for work on many households at once: those that the caller is too close to. */
    public Future<List<UUID>> tooCloseTo(Tx tx, Caller caller) {
        return pipeline.tooCloseTo(tx, caller);
    }

    /** The applications and registrations of which one of these persons is or was a member. */
    public Future<List<UUID>> holdersOf(Sql sql, List<byte[]> persons) {
        return claims.holdersOf(sql, persons);
    }

    /** Whether one of these persons, by their blind indexes, is or was a member of the household that applied. */
    public Future<Boolean> hasMember(Sql sql, UUID applicationId, List<byte[]> persons) {
        return claims.hasMember(sql, applicationId, persons);
    }

    /** The current step is passed: on to the next one, or into the register after the last. */
    public Future<CaseFile> passStep(Tx tx, CaseFile file, Actor actor, @Nullable String note, Instant now) {
        if (!AT_A_STEP.contains(file.state())) {
            return Refusal.failed(ApplicationProblem.MOVE_NOT_ALLOWED);
        }
        return policies.byDigest(tx, file.policyDigest()).compose(policy -> {
            var last = file.stepIndex() + 1 == policy.pipeline().size();
            var kind = file.state() == ApplicationState.IN_RE_REVIEW
                    ? Event.Kind.RE_REVIEW_GRANTED
                    : last ? Event.Kind.REGISTERED : Event.Kind.STEP_PASSED;
            return moves.moveOn(tx, file, policy, Move.of(kind, file.state(), actor, note, now));
        });
    }

    /** Refuses with at least one reason; ends the members' claims on a place. */
    public Future<CaseFile> refuse(
            Tx tx, CaseFile file, Actor actor, List<String> reasonCodes, @Nullable String note, Instant now) {
        if (reasonCodes.isEmpty()) {
            throw new IllegalArgumentException("every refusal carries a reason");
        }
        var kind = file.state() == ApplicationState.IN_RE_REVIEW ? Event.Kind.RE_REVIEW_REFUSED : Event.Kind.REFUSED;
        return moves.move(
                tx,
                file,
                Move.of(kind, ApplicationState.REFUSED, actor, note, now).because(reasonCodes));
    }

    /** Sends the file back to an earlier review step; refuses where that step is none. */
    public Future<CaseFile> sendBack(Tx tx, CaseFile file, Actor actor, int toStep, String reason, Instant now) {
        if (file.state() != ApplicationState.IN_REVIEW || toStep < 0 || toStep >= file.stepIndex()) {
            return Refusal.failed(ApplicationProblem.MOVE_NOT_ALLOWED);
        }
        var move = Move.of(Event.Kind.SENT_BACK, ApplicationState.IN_REVIEW, actor, reason, now);
        return policies.byDigest(tx, file.policyDigest())
                .map(policy -> policy.pipeline().get(toStep))
                .compose(step -> step.kind() == Step.Kind.REVIEW
                        ? moves.moveToStep(tx, file, step, move)
                        : Refusal.failed(ApplicationProblem.MOVE_NOT_ALLOWED));
    }

    /** Tells the household once, in writing, everything that is missing (一次性告知); refuses a second time. */
    public Future<CaseFile> requestCorrection(
            Tx tx, CaseFile file, Actor actor, List<CorrectionItem> items, LocalDate dueOn, Instant now) {
        var move = Move.of(Event.Kind.CORRECTION_REQUESTED, ApplicationState.AWAITING_CORRECTION, actor, null, now);
        Moves.requireLegal(file.state(), move.to());
        return corrections.insert(tx, file.id(), items, dueOn, now).compose(done -> moves.move(tx, file, move));
    }

    /** Whether correction was asked before, and so cannot be asked again. */
    public Future<Boolean> correctionAsked(Sql sql, UUID applicationId) {
        return corrections.find(sql, applicationId).map(Optional::isPresent);
    }

    /** The file is on a published notice now. */
    public Future<CaseFile> publicityOpened(Tx tx, CaseFile file, Actor actor, Instant now) {
        return moves.move(
                tx, file, Move.of(Event.Kind.PUBLICITY_OPENED, ApplicationState.IN_PUBLICITY, actor, null, now));
    }

    /** The household as last handed in, opened; the caller has written an audit row. */
    public Future<Household> household(Sql sql, UUID applicationId) {
        return submissions.latest(sql, applicationId).map(Submission::household);
    }

    /** Lets the resident see that an office or agency was shown what the household declared, and why. */
    public Future<Void> recordReading(
            Sql sql, UUID applicationId, UUID readerId, String office, String reason, Instant now) {
        return readings.insert(sql, applicationId, readerId, office, reason, now);
    }

    /** The facts that rules use: no names and no IDs. Waiting counts from the day of registration. */
    public Future<HouseholdFacts> facts(Sql sql, UUID applicationId) {
        return store.find(sql, applicationId)
                .map(Optional::orElseThrow)
                .compose(application -> submissions.latest(sql, applicationId).map(latest -> {
                    var registered = application.registeredAt();
                    return latest.household()
                            .facts(application.cityCode(), registered == null ? null : Shanghai.date(registered));
                }));
    }

    /**
     * The registered household moved into a home of the city on this day: its place in the queue ends, and its members
     * cannot apply there again.
     */
    public Future<Void> recordHoused(Tx tx, UUID applicationId, LocalDate on, Instant now) {
        return claims.recordHoused(tx, applicationId, on, now);
    }

    /** A person of another register lives in a home of the city; {@code source} names that register. */
    public Future<Void> importHoused(Sql sql, String cityCode, String nationalId, LocalDate since, String source) {
        var person = Buffer.buffer(Persons.index(vault, nationalId));
        return claims.importHoused(sql, cityCode, person, since, source);
    }

    /** A person's place, held by an application or, where a register was taken over, by a registration. */
    public record Place(UUID holder, Buffer person) {}

    /** The fingerprint by which a person is found, wherever the national ID was entered. */
    public byte[] person(String nationalId) {
        return Persons.index(vault, nationalId);
    }

    /** The fingerprints of the persons whose places this application, or this registration, holds now. */
    public Future<List<Buffer>> persons(Sql sql, UUID holder) {
        return claims.held(sql, holder);
    }

    /** Takes places for households that entered without an application; refuses where one is taken already. */
    public Future<Void> takePlaces(Tx tx, String cityCode, List<Place> places, Instant now) {
        return claims.take(tx, cityCode, places, now);
    }

    /** Fresh receipt numbers; those that are not used then are lost, which is harmless. */
    public Future<List<String>> receiptNumbers(Sql sql, String cityCode, int year, int count) {
        return claims.serials(sql, count)
                .map(serials -> serials.stream()
                        .map(serial -> ReceiptNumber.of(cityCode, year, serial).text())
                        .toList());
    }

    /** The registered household left the waiting list: its members may apply again. */
    public Future<Void> releaseMembers(Tx tx, UUID applicationId, Instant now) {
        return claims.release(tx, applicationId, now);
    }
}
