package io.anju.application;

import io.anju.application.Amendments.Amendment;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Tx;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Office;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A household's file as the offices open it. Whoever opens it must be the office of a step that the application has
 * come to, in its own area; each reading is on record before anything is shown.
 */
final class FileService {
    private static final int EVENTS_SHOWN = 100;

    private final Db db;
    private final PolicyService policies;
    private final ApplicationStore store;
    private final SubmissionStore submissions;
    private final ReadingStore readings = new ReadingStore();
    private final ApplicationViews views;
    private final AttachmentService attachments;
    private final Pipeline pipeline;

    FileService(
            Db db,
            Vault vault,
            PolicyService policies,
            ApplicationViews views,
            AttachmentService attachments,
            Pipeline pipeline) {
        this.pipeline = pipeline;
        this.db = db;
        this.policies = policies;
        this.store = new ApplicationStore(vault);
        this.submissions = new SubmissionStore(vault);
        this.views = views;
        this.attachments = attachments;
    }

    record File(ApplicationViews.View view, Submission.Filed filed, List<Event> events, List<Amendment> amendments) {}

    Future<File> open(AreaCaller caller, UUID id, String reason, Instant now) {
        return db.inTransaction(tx -> admit(tx, caller, id, "file.opened", reason, now)
                .compose(application -> Future.all(
                        views.view(tx, application),
                        submissions.latestFiled(tx, id),
                        store.listEvents(tx, id, null, EVENTS_SHOWN),
                        pipeline.amendments().of(tx, id)))
                .map(read -> new File(read.resultAt(0), read.resultAt(1), read.resultAt(2), read.resultAt(3))));
    }

    Future<AttachmentService.Opened> openAttachment(
            AreaCaller caller, UUID id, UUID attachmentId, String reason, Instant now) {
        return db.inTransaction(tx -> admit(tx, caller, id, "file.document-opened", reason, now))
                .compose(application -> attachments.open(db, id, attachmentId));
    }

    /** Checks the right to read and records the reading, in the transaction that reads. */
    private Future<Application> admit(Tx tx, AreaCaller caller, UUID id, String action, String reason, Instant now) {
        var office = caller.office();
        return store.find(tx, id)
                .map(found -> found.filter(application -> application.handedIn() != null)
                        .orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(application -> policies.byDigest(
                                tx, application.requireHandedIn().policyDigest())
                        .map(policy -> requireInvolved(office, application, policy)))
                .compose(
                        application -> pipeline.requireImpartial(tx, caller, id).map(application))
                .compose(application -> Future.all(
                                readings.insert(tx, id, caller.id(), office.name(), reason, now),
                                Audit.record(tx, caller, action, "application", id, reason))
                        .map(application));
    }

    private static Application requireInvolved(Office office, Application application, PolicyDocument policy) {
        var fixed = application.requireHandedIn();
        var involved = office.cityCode().equals(application.cityCode())
                && policy.pipeline().stream()
                        .filter(step -> step.index() <= fixed.furthestStep())
                        .anyMatch(step -> office.covers(step.office(), fixed.areaCode()));
        if (!involved) {
            throw Refusal.of(PlatformProblem.NOT_FOUND);
        }
        return application;
    }
}
