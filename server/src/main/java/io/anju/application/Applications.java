package io.anju.application;

import io.anju.identity.IdentityService;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.files.FileStore;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Retained;
import io.anju.platform.rotation.SealedFiles;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyService;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;

/** The domain put together. */
public final class Applications {
    private static final Duration LAPSE_EVERY = Duration.ofHours(1);
    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private final Db db;
    private final Vault vault;
    private final ApplicationService service;
    private final Pipeline pipeline = new Pipeline();
    private final DraftService drafts;
    private final SubmissionService submissions;
    private final ResidentService residents;
    private final AttachmentService attachments;
    private final ApplicationViews views;
    private final FileService files;
    private final IntakeService intake;

    public Applications(
            Vertx vertx,
            Db db,
            Vault vault,
            FileStore store,
            PolicyService policies,
            IdentityService identities,
            WorkingDays workingDays) {
        this.db = db;
        this.vault = vault;
        this.service = new ApplicationService(vault, policies, pipeline);
        this.drafts = new DraftService(vault, policies, identities);
        this.submissions = new SubmissionService(vault, policies, identities, pipeline);
        this.residents = new ResidentService(db, vault, policies, workingDays, pipeline);
        this.attachments = new AttachmentService(vertx, db, vault, store);
        this.views = new ApplicationViews(db, vault, policies);
        this.files = new FileService(db, vault, policies, views, attachments, pipeline);
        this.intake = new IntakeService(db, policies, drafts, attachments, submissions, residents);
    }

    /** The door for the domains that move applications. */
    public ApplicationService service() {
        return service;
    }

    /** Where those domains say what they handle. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** The door for whoever hands in for a resident. */
    public IntakeService intake() {
        return intake;
    }

    /** What this domain keeps sealed outside of the database. */
    public SealedFiles sealedFiles() {
        return attachments.underKeys();
    }

    /** What this domain keeps for residents' accounts. */
    public ResidentFiles residentFiles() {
        return new OwnFiles(vault);
    }

    public ApplicationApi api(Once once, Cursors cursors) {
        return new ApplicationApi(db, once, cursors, drafts, submissions, residents, attachments, views, files);
    }

    /** What is erased here when its period is over. */
    public static List<Retained> retained() {
        return List.of(new Retained("drafts", OwnFileStore::countUntouched, OwnFileStore::eraseUntouched));
    }

    /** Names the background work: deadlines that passed, and bytes that nothing needs. */
    public void schedule(Jobs jobs) {
        jobs.every(
                LAPSE_EVERY,
                "application.lapse-corrections",
                job -> residents.lapseCorrections(job.now()).mapEmpty());
        jobs.every(
                LAPSE_EVERY,
                "application.mend-drafts",
                job -> new OrphanedDrafts(db).mend(job.now()).mapEmpty());
        jobs.every(
                SWEEP_EVERY,
                "application.sweep-files",
                job -> attachments.sweep(job.now()).mapEmpty());
    }
}
