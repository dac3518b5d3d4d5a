package io.anju.verification;

import io.anju.application.ApplicationService;
import io.anju.application.CaseFile;
import io.anju.application.Household;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AgencyCaller;
import io.anju.platform.http.Caller;
import io.anju.platform.http.KnownCaller;
import io.anju.platform.http.OfficeCaller;
import io.anju.platform.problem.Finding;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyService;
import io.anju.policy.Step;
import io.anju.policy.Text;
import io.anju.verification.Answer.Source;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks the agencies what a step's policy wants to know, and says whether the answers let the step pass.
 *
 * <p>Review opens and closes the requests of a task; reviewers enter answers, or the agencies do themselves.
 */
public final class VerificationService {
    private final Db db;
    private final VerificationStore store;
    private final ApplicationService applications;
    private final PolicyService policies;
    private @Nullable TaskAccess tasks;

    public VerificationService(Db db, Vault vault, ApplicationService applications, PolicyService policies) {
        this.db = db;
        this.store = new VerificationStore(vault);
        this.applications = applications;
        this.policies = policies;
    }

    /** Names who knows the tasks; once, while the server is put together. */
    public void useTasks(TaskAccess access) {
        tasks = access;
    }

    /** Asks for everything that the policy wants at this step. */
    public Future<Void> open(Tx tx, UUID taskId, CaseFile file, Step step, Instant now) {
        return store.insert(tx, taskId, file.id(), file.cityCode(), step.verification(), now);
    }

    /** The task is decided or closed: nobody is asked any longer. */
    public Future<Void> close(Tx tx, UUID taskId, Instant now) {
        return store.close(tx, taskId, now);
    }

    /** What stands against passing the step; empty where nothing does. The caller holds the task's lock. */
    public Future<List<Finding>> standingAgainst(Tx tx, UUID taskId) {
        return store.listOfTask(tx, taskId).map(VerificationPolicy::standingAgainst);
    }

    /** The code under which {@link #standingAgainst} refuses. */
    public static Refusal incomplete(List<Finding> findings) {
        return Refusal.of(VerificationProblem.VERIFICATION_INCOMPLETE, findings);
    }

    /** The facts asked for a task of the caller's office, with their answers; leaves an audit row. */
    Future<List<Verification>> list(OfficeCaller caller, UUID taskId) {
        return tasks().requireVisible(db, caller, taskId)
                .compose(visible -> store.listOfTask(db, taskId))
                .compose(found -> found.isEmpty()
                        ? Future.succeededFuture(found)
                        : Audit.record(
                                        db,
                                        caller,
                                        "verification.read",
                                        "application",
                                        found.get(0).applicationId(),
                                        null)
                                .map(found));
    }

    /** Records what an agency told the reviewer. */
    public Future<Verification> record(
            Tx tx, OfficeCaller caller, UUID taskId, String agency, String fact, Answer.Draft draft, Instant now) {
        return tasks().touchClaimed(tx, caller, taskId)
                .compose(claimed -> store.listOfTask(tx, taskId))
                .map(asked -> pick(asked, agency, fact))
                .compose(request -> add(tx, caller, request, draft, Source.STAFF, now)
                        .compose(id -> audit(tx, caller, "verification.recorded", request))
                        .compose(recorded -> store.find(tx, request.requestId())))
                .map(found -> found.orElseThrow());
    }

    /** The caller's agency answers for itself; gives the answer's id. */
    Future<UUID> answer(Tx tx, AgencyCaller caller, UUID requestId, Answer.Draft draft, Instant now) {
        return store.find(tx, requestId)
                .map(found -> found.filter(request -> isOf(caller, request))
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(request -> tasks().touchUndecided(tx, request.taskId())
                        .compose(undecided -> undecided
                                ? add(tx, caller, request, draft, Source.AGENCY, now)
                                : Refusal.<UUID>failed(VerificationProblem.VERIFICATION_CLOSED))
                        .compose(id -> audit(tx, caller, "verification.answered", request)
                                .map(id)));
    }

    /** What waits for the caller's agency, opened as far as the fact needs; each one shown is a reading that the resident sees. */
    Future<AskedPage> waiting(
            AgencyCaller caller, @Nullable String fact, @Nullable UUID after, int limit, Instant now) {
        var agency = caller.agency();
        return store.listWaiting(db, agency.cityCode(), agency.id(), fact, after, limit + 1)
                .compose(found -> {
                    var shown = found.subList(0, Math.min(limit, found.size()));
                    var last = found.size() > limit ? shown.get(limit - 1).requestId() : null;
                    return Future.all(shown.stream()
                                    .map(request -> ask(caller, request, now))
                                    .toList())
                            .map(all -> new AskedPage(all.list(), last));
                });
    }

    /** @param last where the next page goes on; null on the last page */
    record AskedPage(List<Asked> asked, @Nullable UUID last) {}

    /** A request with what its agency may know of the household. */
    record Asked(Verification request, List<Household.Member> subjects, String declared) {}

    Text agencyName(Verification verification) {
        return policies.city(verification.cityCode()).agencies().stream()
                .filter(agency -> agency.id().equals(verification.agency()))
                .findFirst()
                .map(agency -> agency.name())
                .orElseGet(() -> new Text(verification.agency(), verification.agency()));
    }

    private Future<Asked> ask(AgencyCaller caller, Verification request, Instant now) {
        var fact = DeclaredFact.of(request.fact());
        var reading = "部门联审 " + request.fact();
        return audit(db, caller, "verification.asked", request)
                .compose(recorded -> applications.recordReading(
                        db,
                        request.applicationId(),
                        caller.id(),
                        agencyName(request).zh(),
                        reading,
                        now))
                .compose(recorded -> Future.all(
                        applications.household(db, request.applicationId()),
                        applications.facts(db, request.applicationId())))
                .map(read -> {
                    Household household = read.resultAt(0);
                    var subjects = fact.concernsApplicantOnly() ? List.of(household.applicant()) : household.members();
                    return new Asked(request, subjects, fact.declared(read.resultAt(1)));
                });
    }

    private Future<UUID> add(
            Tx tx, KnownCaller caller, Verification request, Answer.Draft draft, Source source, Instant now) {
        var fact = DeclaredFact.of(request.fact());
        var id = Ids.next(now);
        return applications
                .facts(tx, request.applicationId())
                .map(facts -> VerificationPolicy.findings(draft, fact, fact.declared(facts), Shanghai.date(now)))
                .compose(findings -> findings.isEmpty()
                        ? store.insert(tx, id, request.requestId(), draft, source, caller.id(), now)
                        : Refusal.failed(VerificationProblem.ANSWER_NOT_SENSIBLE, findings))
                .map(number -> {
                    if (number.isEmpty()) {
                        throw Refusal.of(VerificationProblem.VERIFICATION_CLOSED);
                    }
                    return id;
                });
    }

    private static Verification pick(List<Verification> asked, String agency, String fact) {
        return asked.stream()
                .filter(request ->
                        request.agency().equals(agency) && request.fact().equals(fact))
                .findFirst()
                .orElseThrow(() -> Refusal.at("/fact", VerificationProblem.FACT_NOT_ASKED));
    }

    private static boolean isOf(AgencyCaller caller, Verification request) {
        var agency = caller.agency();
        return agency.cityCode().equals(request.cityCode()) && agency.id().equals(request.agency());
    }

    private static Future<Void> audit(Sql sql, Caller caller, String action, Verification request) {
        var what = "%s, %s".formatted(request.agency(), request.fact());
        return Audit.record(sql, caller, action, "application", request.applicationId(), what);
    }

    private TaskAccess tasks() {
        if (tasks == null) {
            throw new IllegalStateException("nobody knows the tasks");
        }
        return tasks;
    }
}
