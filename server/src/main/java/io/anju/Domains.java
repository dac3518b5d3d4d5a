package io.anju;

import io.anju.api.Operations;
import io.anju.application.ApplicationService;
import io.anju.application.Applications;
import io.anju.application.IntakeService;
import io.anju.arrears.ArrearsRoom;
import io.anju.complaint.Complaints;
import io.anju.identity.AccountApi;
import io.anju.identity.IdentityApi;
import io.anju.identity.IdentityService;
import io.anju.identity.IdentitySettings;
import io.anju.identity.ResidentFiles;
import io.anju.identity.StaffAccountApi;
import io.anju.identity.StaffAccountsApi;
import io.anju.ledger.LedgerApi;
import io.anju.ledger.LedgerAudit;
import io.anju.ledger.LedgerService;
import io.anju.message.MessageApi;
import io.anju.payment.Movements;
import io.anju.payment.Payments;
import io.anju.platform.audit.AuditSeal;
import io.anju.platform.config.Settings;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.files.FileStore;
import io.anju.platform.http.Authenticator;
import io.anju.platform.http.Callback;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.KeptFailures;
import io.anju.platform.http.Once;
import io.anju.platform.http.Route;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.Catalogue;
import io.anju.platform.rotation.KeyRotation;
import io.anju.platform.rotation.SealedFiles;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.PolicyApi;
import io.anju.policy.PolicyFolder;
import io.anju.policy.PolicyService;
import io.anju.policy.ProposalApi;
import io.anju.policy.ProposalService;
import io.anju.proxy.ActingAuthenticator;
import io.anju.proxy.ProxyApi;
import io.anju.proxy.ProxyDesk;
import io.anju.proxy.ProxyService;
import io.anju.publicity.NoticeClosing;
import io.anju.publicity.ObjectionService;
import io.anju.publicity.PublicityApi;
import io.anju.publicity.PublicityService;
import io.anju.publicity.PublicitySteps;
import io.anju.reconciliation.Channel;
import io.anju.reconciliation.ReconciliationApi;
import io.anju.reconciliation.ReconciliationService;
import io.anju.reconciliation.ToldDifferences;
import io.anju.retention.Periods;
import io.anju.retention.Retention;
import io.anju.review.OverdueWatch;
import io.anju.review.RecusalApi;
import io.anju.review.ReviewApi;
import io.anju.review.ReviewService;
import io.anju.review.ReviewSteps;
import io.anju.rights.Correctables;
import io.anju.rights.Corrections;
import io.anju.rights.DeletionService;
import io.anju.rights.ExportService;
import io.anju.rights.OwnDataApi;
import io.anju.simulation.SimulationApi;
import io.anju.simulation.SimulationService;
import io.anju.verification.VerificationApi;
import io.anju.verification.VerificationService;
import io.anju.waitinglist.RegisterBars;
import io.anju.waitinglist.RegisteredCases;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Every domain with what it needs, built once and shared by all event loops: the one place that knows them all.
 *
 * <p>A domain's services are for those who run beside the server, as the demo does; outside parties come by the
 * operations.
 */
public final class Domains {
    public final Db db;
    public final Vault vault;
    public final Jobs jobs;
    final KeptFailures keptFailures;
    public final IdentityService identity;
    public final PolicyService policy;
    public final ProposalService proposals;
    public final SimulationService simulations;
    public final ApplicationService application;
    public final IntakeService intake;
    public final VerificationService verification;
    public final ReviewService review;
    public final PublicityService publicity;
    public final ObjectionService objections;
    public final WaitingLists lists;
    public final ReconciliationService reconciliation;
    /** What every domain keeps about residents. */
    public final ResidentFiles residentFiles;

    public final LedgerService ledger;
    public final Payments payments;
    public final Tenancies tenancies;

    private final ProxyService proxies;
    private final Corrections corrections;
    private final List<Route> routes;

    /**
     * @param publicUrl the address under which the outside reaches this deployment
     * @param clock the time of requests and of background work
     */
    Domains(
            Vertx vertx,
            Db db,
            Vault vault,
            Catalogue catalogue,
            Settings settings,
            Supplier<String> publicUrl,
            InstantSource clock) {
        this.db = db;
        this.vault = vault;
        var once = new Once(db, vault);
        var cursors = new Cursors(vault);
        var workingDays = WorkingDays.load(settings.calendarDir());

        jobs = new Jobs(db);
        keptFailures = new KeptFailures(db, vault);
        jobs.every(Duration.ofHours(1), "platform.tell-late-failures", job -> keptFailures.tellEarlier(job.now()));
        identity = new IdentityService(vertx, db, vault, IdentitySettings.of(publicUrl.get(), settings));
        policy = new PolicyService(PolicyFolder.shippedAnd(settings.policyDir()));
        proposals = new ProposalService(vertx, db, policy);
        simulations = new SimulationService(vertx, db, policy, proposals, new RegisteredCases(vault));

        var store = FileStore.of(vertx, settings.attachments());
        var applications = new Applications(vertx, db, vault, store, policy, identity, workingDays);
        application = applications.service();
        intake = applications.intake();
        var pipeline = applications.pipeline();

        verification = new VerificationService(db, vault, application, policy);
        review = new ReviewService(db, vault, application, verification, policy, identity, workingDays);
        verification.useTasks(review);
        publicity = new PublicityService(db, application, policy);
        objections = new ObjectionService(db, vault, application);
        lists = new WaitingLists(vertx, db, vault, policy, application);
        identity.useBindings(lists.ties());
        var complaints = new Complaints(
                vertx,
                db,
                vault,
                store,
                new Complaints.Neighbours(application, publicity, objections, review, identity, policy),
                workingDays);
        objections.useQuotes(complaints.quotes());
        identity.hideRecords(complaints::hidden);
        proxies = new ProxyService(db, vault, identity);
        var periods = Periods.load(settings.retentionFile());
        ledger = new LedgerService();
        payments = new Payments(vertx, db, vault, identity, ledger, new ToldDifferences(), settings, publicUrl, clock);
        tenancies = new Tenancies(
                vertx,
                db,
                vault,
                policy,
                lists.register,
                application,
                identity,
                ledger,
                review,
                complaints,
                workingDays,
                settings.background().billRunLeases());
        payments.usePayables(tenancies.payables);
        var messages = tenancies.messages(identity, payments.service(), settings.weChatMessages());
        ComplaintSubjects.tell(complaints.subjects(), tenancies.leases, payments.service());
        var files = new ResidentParts(vault, identity, applications, tenancies.leases, complaints).all();
        identity.useFiles(files);
        residentFiles = files;
        var exports = new ExportService(db, vault, identity, files);
        corrections = new Corrections(
                vertx,
                db,
                vault,
                store,
                identity,
                review,
                lists.facts,
                new Correctables(policy, application, lists.register, tenancies.leases));
        tenancies.leases.useAmendments(corrections.service()::leaseAmendments);
        reconciliation = new ReconciliationService(
                vertx, db, identity, ledger, new Movements(), Channel.of(settings, payments.provider()));
        var reviewSteps = new ReviewSteps(verification, workingDays);
        pipeline.handle(reviewSteps)
                .handle(new PublicitySteps())
                .reReview(reviewSteps)
                .impartiality(review.impartiality())
                .amendments(corrections.service()::amendments)
                .registrar(lists.register)
                .bars(new RegisterBars());

        AuditSeal.schedule(jobs, db);
        new KeyRotation(vertx, db, vault, sealedFiles(applications, complaints, corrections)).schedule(jobs);
        identity.registerJobs(jobs);
        new NoticeClosing(db, vault, application).start(jobs);
        applications.schedule(jobs);
        complaints.schedule(jobs);
        corrections.schedule(jobs);
        simulations.handleJobs(jobs);
        reconciliation.handleJobs(jobs);
        exports.handleJobs(jobs);
        new Retention(db, periods, RetentionKinds.all()).handleJobs(jobs);
        tenancies.handleJobs(jobs);
        lists.handleJobs(jobs, settings.background().publishesMonthly());
        payments.schedule(jobs);
        messages.handleJobs(jobs);

        routes = new Operations(
                        new AccountApi(identity, once, cursors),
                        complaints.anonymousApi(once),
                        applications.api(once, cursors),
                        tenancies.arrearsApi(once, cursors),
                        complaints.api(once, cursors),
                        complaints.statisticApi(cursors),
                        complaints.workApi(once, cursors),
                        corrections.api(once, cursors),
                        new IdentityApi(identity, db, once),
                        tenancies.leaseApi(once, cursors),
                        tenancies.leaseRequestApi(once, cursors),
                        new LedgerApi(ledger, ledgerAudit(), db),
                        new MessageApi(messages, once),
                        complaints.open311Api(once, publicUrl),
                        new OwnDataApi(
                                db, exports, new DeletionService(identity, files), periods, files, once, cursors),
                        payments.api(once, cursors),
                        new ProblemCodesApi(catalogue),
                        new PolicyApi(policy, db, cursors, workingDays),
                        new ProposalApi(proposals, once, cursors),
                        new SimulationApi(simulations, once, cursors),
                        new ProxyApi(proxies, new ProxyDesk(db, vault, identity), once, cursors),
                        lists.publicationApi(once, cursors),
                        new PublicityApi(publicity, objections, once, cursors),
                        new ReconciliationApi(reconciliation, once, cursors),
                        new RecusalApi(review, once, cursors),
                        payments.refundApi(once, cursors),
                        lists.importApi(once),
                        lists.factApi(once),
                        tenancies.rentApi(once, cursors),
                        tenancies.adjustmentApi(once, cursors),
                        lists.rescoringApi(once),
                        new ReviewApi(review, once, cursors, catalogue),
                        new StaffAccountApi(identity, once),
                        new StaffAccountsApi(identity, once, cursors),
                        new VerificationApi(verification, once, cursors),
                        lists.api(once, cursors))
                .routes();
    }

    /** Reads what must be there before the first request. */
    Future<Void> prepare(InstantSource clock, MeterRegistry meters) {
        new OverdueWatch(db, clock).start(jobs, meters);
        reconciliation.meter(meters, clock);
        corrections.meter(meters, clock);
        return identity.start(clock)
                .compose(done -> db.inTransaction(policy::load))
                .mapEmpty();
    }

    List<Route> routes() {
        return routes;
    }

    Authenticator authenticator() {
        return new ActingAuthenticator(identity.authenticator(), proxies);
    }

    /** What outside systems tell in forms of their own. */
    List<Callback> callbacks() {
        return List.of(payments.callback());
    }

    /** The rules of everybody who posts to the ledger. */
    public static LedgerAudit ledgerAudit() {
        return LedgerAudit.with(Stream.of(Payments.rules(), ReconciliationService.rules(), ArrearsRoom.rules())
                .flatMap(List::stream)
                .toList());
    }

    private static List<SealedFiles> sealedFiles(
            Applications applications, Complaints complaints, Corrections corrections) {
        return Stream.concat(
                        Stream.of(applications.sealedFiles(), corrections.sealedFiles()),
                        complaints.sealedFiles().stream())
                .toList();
    }
}
