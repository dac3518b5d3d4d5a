package io.anju.complaint;

import io.anju.application.ApplicationService;
import io.anju.identity.IdentityService;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.SlowHash;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.files.FileStore;
import io.anju.platform.http.AreaCaller;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.http.RefusalForm;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.rotation.SealedFiles;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyService;
import io.anju.publicity.ObjectionService;
import io.anju.publicity.PublicityService;
import io.anju.publicity.QuotingComplaints;
import io.anju.review.ReviewService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The domain put together. */
public final class Complaints {
    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private final Casework work;
    private final Vault vault;
    private final Subjects subjects;
    private final ComplaintFiles files;
    private final Filing filing;
    private final OwnDesk own;
    private final ReadingDesk reading;
    private final Related related;
    private final ClockWatch watch;
    private final Statistics statistics;
    private final FiledComplaints filed;
    private final AnonymousDesk anonymous;
    private final HandingOver handingOver;
    private final SealedFiles boxed;

    /** The domains that complaints are about. */
    public record Neighbours(
            ApplicationService applications,
            PublicityService notices,
            ObjectionService objections,
            ReviewService reviews,
            IdentityService identities,
            PolicyService policies) {}

    public Complaints(Vertx vertx, Db db, Vault vault, FileStore store, Neighbours others, WorkingDays workingDays) {
        this.vault = vault;
        this.work = new Casework(db, vault, others.identities(), others.policies(), others.reviews(), workingDays);
        this.subjects = new Subjects(others.applications(), others.notices());
        this.files = new ComplaintFiles(work, vertx, vault, store);
        this.filing = new Filing(work, subjects, others.objections());
        this.own = new OwnDesk(work, files);
        this.reading = new ReadingDesk(work, files);
        this.related = new Related(work, reading, others.applications(), others.objections());
        this.watch = new ClockWatch(db);
        this.statistics = new Statistics(work);
        this.filed = new FiledComplaints(vault);
        var box = new BoxStore();
        var contents = new BoxContent(vault);
        var allowance = new Allowance(db, vault, box);
        var hashes = new SlowHash(vertx, "tracking-codes");
        this.anonymous = new AnonymousDesk(work, filing, own, files, box, contents, allowance, hashes);
        this.boxed = new BoxedFiles(db, box, contents, files);
        this.handingOver = new HandingOver(work, filing, files, box, contents, allowance);
    }

    /** Where other rooms make known what may be complained about. */
    public Subjects subjects() {
        return subjects;
    }

    /** The reports among these that are not there for the caller, for lists of what was done. */
    public Future<Set<UUID>> hidden(Sql sql, AreaCaller caller, List<UUID> subjects) {
        return work.sight(sql, caller).compose(sight -> new WorkStore().listHidden(sql, sight, subjects));
    }

    /** Tells whoever objected to a notice what complaints quote the objection. */
    public QuotingComplaints quotes() {
        return OwnStore::quoting;
    }

    /** Complaints about these leases that wait for an answer, the oldest first for each lease. */
    public Future<List<PendingAboutLease>> pendingAboutLeases(Sql sql, List<UUID> leases) {
        return new PendingStore().aboutLeases(sql, leases);
    }

    public ComplaintApi api(Once once, Cursors cursors) {
        return new ComplaintApi(work, filing, new Likeness(work), own, files, related, once, cursors);
    }

    /** @param publicUrl the address under which the outside reaches this deployment */
    public Open311Api open311Api(Once once, Supplier<String> publicUrl) {
        return new Open311Api(new ServiceDesk(work, filing, vault), new GeoReportView(publicUrl), work.db, once);
    }

    /** How refusals of Open311 are written. */
    public static RefusalForm geoReport() {
        return new GeoReport();
    }

    public StatisticApi statisticApi(Cursors cursors) {
        return new StatisticApi(statistics, cursors);
    }

    public AnonymousReportApi anonymousApi(Once once) {
        return new AnonymousReportApi(work, anonymous, once);
    }

    public ComplaintWorkApi workApi(Once once, Cursors cursors) {
        return new ComplaintWorkApi(
                work,
                reading,
                new WorkDesk(work),
                new RoutingDesk(work),
                new SupervisionDesk(work, own),
                related,
                once,
                cursors);
    }

    /** What this domain keeps for residents' accounts. */
    public ResidentFiles residentFiles() {
        return filed;
    }

    /** What this domain keeps in the file store. */
    public List<SealedFiles> sealedFiles() {
        return List.of(files.underKeys(), boxed);
    }

    /** Names the background work: days that come, and bytes that nothing needs. */
    public void schedule(Jobs jobs) {
        watch.start(jobs);
        statistics.start(jobs);
        handingOver.start(jobs);
        jobs.every(
                SWEEP_EVERY,
                "complaint.sweep-files",
                job -> files.sweep(job.now()).mapEmpty());
    }
}
