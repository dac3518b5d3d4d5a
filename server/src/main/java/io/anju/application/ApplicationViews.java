package io.anju.application;

import io.anju.application.CorrectionStore.Correction;
import io.anju.application.CorrectionStore.ReReview;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyService;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a resident reads of an application. Everybody else's applications are not there. */
final class ApplicationViews {
    private final Db db;
    private final Vault vault;
    private final PolicyService policies;
    private final ApplicationStore store;
    private final SubmissionStore submissions;
    private final CorrectionStore corrections;
    private final AttachmentStore attachments;
    private final ReadingStore readings = new ReadingStore();

    ApplicationViews(Db db, Vault vault, PolicyService policies) {
        this.db = db;
        this.vault = vault;
        this.policies = policies;
        this.store = new ApplicationStore(vault);
        this.submissions = new SubmissionStore(vault);
        this.corrections = new CorrectionStore(vault);
        this.attachments = new AttachmentStore(vault);
    }

    /**
     * An application with everything that belongs to it.
     *
     * @param policy the version that it is decided under; null for what was never handed in
     * @param refusal the latest refusal
     */
    record View(
            Application application,
            Household household,
            List<Attachment> attachments,
            @Nullable PolicyDocument policy,
            Optional<Correction> correction,
            Optional<Event> refusal,
            Optional<ReReview> reReview) {}

    /** The caller's own application. */
    Future<View> own(Sql sql, ResidentCaller caller, UUID id) {
        return findOwn(sql, caller, id).compose(application -> view(sql, application));
    }

    Future<View> view(Sql sql, Application application) {
        var id = application.id();
        var isDraft = application.handedIn() == null;
        return Future.all(
                        isDraft
                                ? store.draft(sql, id)
                                : submissions.latest(sql, id).map(Submission::household),
                        attachments.list(sql, id),
                        policy(sql, application),
                        isDraft ? none() : corrections.find(sql, id),
                        isDraft ? none() : store.latestRefusal(sql, id),
                        isDraft ? none() : corrections.findReReview(sql, id))
                .map(read -> new View(
                        application,
                        read.resultAt(0),
                        read.resultAt(1),
                        read.<Optional<PolicyDocument>>resultAt(2).orElse(null),
                        read.resultAt(3),
                        read.resultAt(4),
                        read.resultAt(5)));
    }

    private static <T> Future<Optional<T>> none() {
        return Future.succeededFuture(Optional.empty());
    }

    private Future<Optional<PolicyDocument>> policy(Sql sql, Application application) {
        var fixed = application.handedIn();
        return fixed == null
                ? none()
                : policies.byDigest(sql, fixed.policyDigest()).map(Optional::of);
    }

    /** The caller's applications, the newest first, those before this id. */
    Future<List<Application>> listOwn(ResidentCaller caller, @Nullable UUID before, int limit) {
        return store.listOfResident(db, caller.id(), before, limit);
    }

    /** What a receipt says. */
    record ReceiptView(Application application, PolicyDocument policy, Submission.Filed filed) {}

    Future<ReceiptView> ownReceipt(Sql sql, ResidentCaller caller, UUID id) {
        return findOwn(sql, caller, id).compose(application -> {
            var fixed = application.handedIn();
            return fixed == null
                    ? Refusal.failed(PlatformProblem.NOT_FOUND)
                    : Future.all(policies.byDigest(sql, fixed.policyDigest()), submissions.latestFiled(sql, id))
                            .map(read -> new ReceiptView(application, read.resultAt(0), read.resultAt(1)));
        });
    }

    /** The public key that receipts name, 32 bytes; refuses with 404 where there is none. */
    byte[] receiptKey(String keyId) {
        try {
            return vault.publicKey(keyId);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(PlatformProblem.NOT_FOUND);
        }
    }

    /** A page of the timeline with the policy that names its steps. */
    record TimelineView(@Nullable PolicyDocument policy, List<Event> events) {}

    Future<TimelineView> ownTimeline(ResidentCaller caller, UUID id, @Nullable Long before, int limit) {
        return findOwn(db, caller, id)
                .compose(application -> Future.all(policy(db, application), store.listEvents(db, id, before, limit))
                        .map(read -> new TimelineView(
                                read.<Optional<PolicyDocument>>resultAt(0).orElse(null), read.resultAt(1))));
    }

    Future<List<ReadingStore.Reading>> ownReadings(ResidentCaller caller, UUID id, @Nullable UUID before, int limit) {
        return findOwn(db, caller, id).compose(application -> readings.list(db, id, before, limit));
    }

    private Future<Application> findOwn(Sql sql, ResidentCaller caller, UUID id) {
        return store.find(sql, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .map(application -> application.requireOwner(caller));
    }
}
