package io.anju.rights;

import io.anju.identity.IdentityService;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.files.FileStore;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.rotation.SealedFiles;
import io.anju.review.ReviewService;
import io.anju.waitinglist.FactService;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;

/** Corrections of what is held about residents, wired. */
public final class Corrections {
    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private final Db db;
    private final CorrectionService service;
    private final CorrectionEvidence evidence;
    private final CorrectionDesk desk;
    private final CorrectionWatch watch;

    public Corrections(
            Vertx vertx,
            Db db,
            Vault vault,
            FileStore store,
            IdentityService identities,
            ReviewService reviews,
            FactService facts,
            Correctables things) {
        this.db = db;
        this.service = new CorrectionService(db, vault, identities, things);
        this.evidence = new CorrectionEvidence(vertx, db, vault, store);
        this.desk = new CorrectionDesk(db, vault, identities, reviews, facts, things, evidence);
        this.watch = new CorrectionWatch(db);
    }

    /** What was put right, for the rooms whose files it stands beside. */
    public CorrectionService service() {
        return service;
    }

    public DataCorrectionApi api(Once once, Cursors cursors) {
        return new DataCorrectionApi(db, service, desk, evidence, once, cursors);
    }

    /** What this domain keeps in the file store. */
    public SealedFiles sealedFiles() {
        return evidence.underKeys();
    }

    /** Names the background work: days that come, and bytes that nothing needs. */
    public void schedule(Jobs jobs) {
        watch.start(jobs);
        jobs.every(
                SWEEP_EVERY,
                "rights.sweep-files",
                job -> evidence.sweep(job.now()).mapEmpty());
    }

    /** Shows how many are late. */
    public void meter(MeterRegistry meters, InstantSource clock) {
        watch.meter(meters, clock);
    }
}
