package io.anju.rights;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.identity.Held;
import io.anju.identity.IdentityService;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.Json;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.jobs.Job;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.jobs.Retained;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Makes copies of everything that is held about a resident (个人信息保护法 art. 45).
 *
 * <p>Only somebody who logged in a short while ago may ask for one and fetch it: a phone that was left lying about is
 * logged in for a month.
 */
public final class ExportService {
    static final String KIND = "rights.export";

    private static final Duration GOOD_FOR = Duration.ofDays(7);

    private final Db db;
    private final IdentityService identities;
    private final ResidentFiles files;
    private final ExportStore store;

    public ExportService(Db db, Vault vault, IdentityService identities, ResidentFiles files) {
        this.db = db;
        this.identities = identities;
        this.files = files;
        this.store = new ExportStore(vault);
    }

    /** What is erased here when its period is over. */
    public static List<Retained> retained() {
        return List.of(new Retained("data-copies", ExportStore::countExpired, ExportStore::eraseExpired));
    }

    public void handleJobs(Jobs jobs) {
        jobs.handle(KIND, this::make);
    }

    /** Counts the wish, whatever becomes of it; refuses where there were too many, or the log-in is not recent. */
    Future<Void> admit(ResidentCaller caller, Instant now) {
        return identities.requireRecentLogIn(caller, now).compose(recent -> identities.countDataRequest(caller, now));
    }

    /** Refuses where the log-in is not recent. */
    Future<Void> requireRecent(Caller caller, Instant now) {
        return identities.requireRecentLogIn(caller, now);
    }

    /** Tells this instance at once of sessions that have ended for good. */
    void forgetSessions(List<UUID> ended) {
        identities.forgetSessions(ended);
    }

    /** Begins a copy; refuses while another is being made. */
    Future<DataExport> request(Tx tx, ResidentCaller caller, Instant now) {
        var export = new DataExport(Ids.next(now), caller.id(), now, now.plus(GOOD_FOR), null, null);
        return identities
                .hold(tx, caller.id())
                .compose(held -> store.insert(tx, export))
                .compose(entered -> entered ? Future.succeededFuture() : Refusal.failed(RightsProblem.EXPORT_UNDER_WAY))
                .compose(entered -> Jobs.enqueue(tx, KIND, export.id().toString(), "{}", now))
                .compose(queued -> Audit.record(tx, caller, "data.export-requested", "resident", caller.id(), null))
                .map(export);
    }

    Future<DataExport> get(ResidentCaller caller, UUID id, Instant now) {
        return store.find(db, id, caller.id(), now)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** The copy as JSON; each fetching is on record. */
    Future<byte[]> fetch(ResidentCaller caller, UUID id, Instant now) {
        return get(caller, id, now)
                .compose(export -> identities.requireRecentLogIn(caller, now).map(export))
                .compose(export -> export.readyAt() == null
                        ? Refusal.failed(RightsProblem.EXPORT_NOT_READY)
                        : Audit.record(db, caller, "data.export-fetched", "resident", caller.id(), null))
                .compose(recorded -> store.open(db, id));
    }

    /** Makes a copy, once: a run that was interrupted left nothing, and a second run finds it made. */
    private Future<Void> make(Job job) {
        var id = UUID.fromString(job.key());
        return db.inTransaction(tx -> store.findToMake(tx, id).compose(found -> {
            if (found.isEmpty()) {
                return Future.succeededFuture();
            }
            return identities
                    .resident(tx, found.get().residentId())
                    .compose(owner -> files.export(tx, owner).map(held -> document(owner, held, job.now())))
                    .compose(document -> store.made(tx, id, Json.write(document).getBytes(), job.now()));
        }));
    }

    private static ObjectNode document(Resident owner, List<Held> held, Instant now) {
        var document = Json.mapper().createObjectNode();
        document.put("form", "anju-own-data-1");
        document.put("residentId", owner.id().toString());
        document.put("madeAt", now.toString());
        var sections = document.putArray("sections");
        held.forEach(each -> {
            var section = sections.addObject();
            section.put("kind", each.kind());
            section.putArray("rows").addAll(each.rows());
        });
        return document;
    }
}
