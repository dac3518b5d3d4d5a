package io.anju.application;

import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.http.Upload;
import io.anju.platform.time.Shanghai;
import io.anju.policy.DocumentRule;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes in whole files (窗口代办): what a front desk does for a resident, step by step through the same rules as the
 * resident's own operations. The caller is the resident.
 */
public final class IntakeService {
    private final Db db;
    private final PolicyService policies;
    private final DraftService drafts;
    private final AttachmentService attachments;
    private final SubmissionService submissions;
    private final ResidentService residents;

    IntakeService(
            Db db,
            PolicyService policies,
            DraftService drafts,
            AttachmentService attachments,
            SubmissionService submissions,
            ResidentService residents) {
        this.db = db;
        this.policies = policies;
        this.drafts = drafts;
        this.attachments = attachments;
        this.submissions = submissions;
        this.residents = residents;
    }

    /**
     * A household with its papers.
     *
     * @param document gives the paper that the policy asks for
     */
    public record WholeFile(
            String cityCode, String programme, Household household, Function<DocumentRule, Upload> document) {}

    /** Begins the application and leaves it a draft; gives its id. */
    public Future<UUID> draft(ResidentCaller caller, WholeFile file, Instant now) {
        return db.inTransaction(
                        tx -> drafts.create(tx, caller, file.cityCode(), file.programme(), file.household(), now))
                .map(Application::id);
    }

    /** A draft that lacks nothing, and its version, to be handed in with. */
    public record Complete(UUID id, long version) {}

    /** Begins the application and adds every document that the policy asks of this household. */
    public Future<Complete> complete(ResidentCaller caller, WholeFile file, Instant now) {
        return withPapers(caller, file, now, (tx, draft) -> Future.succeededFuture(draft));
    }

    /** Begins the application, adds every document that the policy asks of this household, and hands all in. */
    public Future<CaseFile> handIn(ResidentCaller caller, WholeFile file, Instant now) {
        var signedName = file.household().applicant().fullName();
        return withPapers(
                caller,
                file,
                now,
                (tx, draft) -> submissions
                        .submit(tx, caller, draft.id(), draft.version(), true, signedName, now)
                        .map(handed -> handed.application().asCase()));
    }

    private <T> Future<T> withPapers(
            ResidentCaller caller, WholeFile file, Instant now, BiFunction<Tx, Complete, Future<T>> then) {
        return draft(caller, file, now)
                .compose(id -> stored(caller, id, file, now)
                        .compose(papers -> db.inTransaction(tx -> add(tx, caller, papers, now)
                                .compose(version -> then.apply(tx, new Complete(id, version))))));
    }

    private Future<List<Attachment>> stored(ResidentCaller caller, UUID id, WholeFile file, Instant now) {
        var today = Shanghai.date(now);
        var facts = file.household().facts(file.cityCode(), null);
        return policies.inForce(db, file.cityCode(), file.programme(), today)
                .compose(policy -> Future.all(policy.requiredDocuments(facts, today).stream()
                        .map(rule ->
                                store(caller, id, rule.id(), file.document().apply(rule), now))
                        .toList()))
                .map(all -> all.list());
    }

    private Future<Attachment> store(ResidentCaller caller, UUID id, String kind, Upload paper, Instant now) {
        return attachments.store(caller, id, kind, paper.fileName(), paper, now);
    }

    private Future<Long> add(Tx tx, ResidentCaller caller, List<Attachment> papers, Instant now) {
        var version = Future.succeededFuture(1L);
        for (var paper : papers) {
            version = version.compose(before -> attachments.add(tx, caller, paper, now))
                    .map(added -> added.version());
        }
        return version;
    }

    /** Answers the correction request. */
    public Future<CaseFile> answerCorrection(Tx tx, ResidentCaller caller, UUID id, Household household, Instant now) {
        return submissions.answerCorrection(tx, caller, id, household, null, now);
    }

    /** Takes the application back. */
    public Future<Void> withdraw(Tx tx, ResidentCaller caller, UUID id, @Nullable String reason, Instant now) {
        return residents.withdraw(tx, caller, id, reason, now).mapEmpty();
    }

    /** Asks for re-review of a refusal. */
    public Future<Void> requestReReview(Tx tx, ResidentCaller caller, UUID id, String reason, Instant now) {
        return residents.requestReReview(tx, caller, id, reason, now).mapEmpty();
    }
}
