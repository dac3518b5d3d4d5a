package io.anju;

import io.anju.application.ApplicationService;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.http.Cursors;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Jobs;
import io.anju.policy.PolicyService;
import io.anju.publication.PublicationApi;
import io.anju.publication.PublicationService;
import io.anju.waitinglist.AccountTies;
import io.anju.waitinglist.FactApi;
import io.anju.waitinglist.FactService;
import io.anju.waitinglist.ImportApi;
import io.anju.waitinglist.ImportService;
import io.anju.waitinglist.RescoringApi;
import io.anju.waitinglist.RescoringService;
import io.anju.waitinglist.StandingService;
import io.anju.waitinglist.WaitingListApi;
import io.anju.waitinglist.WaitingListService;
import io.vertx.core.Vertx;

/** The register, its orders and what is published of them, wired. */
public final class WaitingLists {
    public final WaitingListService register;
    public final FactService facts;
    public final ImportService imports;
    public final RescoringService rescorings;
    public final StandingService standing;
    public final PublicationService publication;

    private final AccountTies ties;

    WaitingLists(Vertx vertx, Db db, Vault vault, PolicyService policies, ApplicationService applications) {
        register = new WaitingListService(db, vault, applications, policies);
        facts = new FactService(vault, policies, register);
        imports = new ImportService(vertx, db, vault, policies, applications);
        rescorings = new RescoringService(vertx, db, vault, policies, applications);
        standing = new StandingService(db, vertx, vault, applications, policies);
        publication = new PublicationService(db, vertx, vault, policies, standing, register);
        ties = new AccountTies(db);
    }

    /** What waits for accounts to be bound. */
    AccountTies ties() {
        return ties;
    }

    void handleJobs(Jobs jobs, boolean publishesMonthly) {
        standing.handleJobs(jobs);
        rescorings.handleJobs(jobs);
        imports.handleJobs(jobs);
        ties.handleJobs(jobs);
        publication.handleJobs(jobs, publishesMonthly);
    }

    WaitingListApi api(Once once, Cursors cursors) {
        return new WaitingListApi(register, standing, once, cursors);
    }

    FactApi factApi(Once once) {
        return new FactApi(facts, once);
    }

    ImportApi importApi(Once once) {
        return new ImportApi(imports, once);
    }

    RescoringApi rescoringApi(Once once) {
        return new RescoringApi(rescorings, once);
    }

    PublicationApi publicationApi(Once once, Cursors cursors) {
        return new PublicationApi(publication, once, cursors);
    }
}
