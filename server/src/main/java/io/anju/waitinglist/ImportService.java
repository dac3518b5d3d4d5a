package io.anju.waitinglist;

import io.anju.application.ApplicationService;
import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Sha256;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.http.CityCaller;
import io.anju.platform.jobs.Jobs;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyService;
import io.anju.waitinglist.RegisterImport.State;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** Takes over registers that were kept elsewhere. */
public final class ImportService {
    /** Of a file that comes over the network; longer ones come by the command line. */
    static final int MOST_UPLOADED_BYTES = 10 << 20;

    private static final Duration CLEAN_EVERY = Duration.ofDays(1);

    private final Vertx vertx;
    private final Db db;
    private final PolicyService policies;
    private final ImportStore store = new ImportStore();
    private final ImportPieces pieces;
    private final ImportRun run;

    public ImportService(Vertx vertx, Db db, Vault vault, PolicyService policies, ApplicationService applications) {
        this.vertx = vertx;
        this.db = db;
        this.policies = policies;
        this.pieces = new ImportPieces(db, vault, store);
        this.run = new ImportRun(vertx, db, vault, policies, applications);
    }

    /** Names who does the work, and clears away what was never handed over whole. */
    public void handleJobs(Jobs jobs) {
        jobs.handle(ImportRun.KIND, run::run);
        jobs.every(
                CLEAN_EVERY,
                "waitinglist.import-clean",
                job -> store.deleteLoose(db, job.now().minus(CLEAN_EVERY)).mapEmpty());
    }

    /** What an import is asked for. */
    public record Order(ListKey list, boolean goOn) {}

    /** Puts an uploaded file aside, for {@link #start}. */
    Future<RegisterImport> prepare(CityCaller caller, String programme, boolean goOn, Buffer file, Instant now) {
        var list = new ListKey(caller.office().cityCode(), programme);
        if (file.length() == 0) {
            return Refusal.failed(WaitingListProblem.IMPORT_EMPTY);
        }
        if (file.length() > MOST_UPLOADED_BYTES) {
            return Refusal.failed(PlatformProblem.PAYLOAD_TOO_LARGE);
        }
        return vertx.executeBlocking(() -> Sha256.hex(file.getBytes()), false)
                .compose(sha256 -> describe(new Order(list, goOn), file.length(), sha256, now))
                .compose(one -> storePieces(one, file, 1).map(one));
    }

    private Future<Void> storePieces(RegisterImport one, Buffer file, int number) {
        int from = (number - 1) * ImportPieces.BYTES;
        if (from >= file.length()) {
            return Future.succeededFuture();
        }
        var piece = file.getBytes(from, Math.min(from + ImportPieces.BYTES, file.length()));
        return pieces.add(db, one.id(), number, piece).compose(stored -> storePieces(one, file, number + 1));
    }

    private Future<RegisterImport> describe(Order order, long bytes, String sha256, Instant now) {
        var list = order.list();
        return policies.inForce(db, list.cityCode(), list.programme(), Shanghai.date(now))
                .map(policy -> new RegisterImport(
                        Ids.next(now),
                        list,
                        order.goOn(),
                        bytes,
                        sha256,
                        policy.digest(),
                        now,
                        State.RUNNING,
                        0,
                        null,
                        null,
                        null));
    }

    /** Begins the import of a file whose pieces are stored; refuses one that was entered or is being read. */
    Future<RegisterImport> start(Tx tx, Caller caller, RegisterImport one) {
        return store.insert(tx, one, caller.id())
                .compose(stored -> Jobs.enqueue(tx, ImportRun.KIND, one.id().toString(), "{}", one.requestedAt()))
                .compose(queued ->
                        Audit.record(tx, caller, "register.import-asked", "register-import", one.id(), one.sha256()))
                .map(one);
    }

    /** Begins the import of a file of any length. Reads it twice, blocking, and never holds more than a piece of it. */
    public UUID startFile(Path file, Order order, Instant now) throws IOException {
        var digest = Sha256.start();
        long bytes = 0;
        try (var in = Files.newInputStream(file)) {
            for (var piece = in.readNBytes(ImportPieces.BYTES);
                    piece.length > 0;
                    piece = in.readNBytes(ImportPieces.BYTES)) {
                digest.update(piece);
                bytes += piece.length;
            }
        }
        if (bytes == 0) {
            throw Refusal.of(WaitingListProblem.IMPORT_EMPTY);
        }
        var one = Waiting.on(describe(order, bytes, HexFormat.of().formatHex(digest.digest()), now));
        try (var in = Files.newInputStream(file)) {
            storePieces(one, in);
        }
        return Waiting.on(db.inTransaction(tx -> start(tx, Caller.SYSTEM, one))).id();
    }

    private void storePieces(RegisterImport one, InputStream in) throws IOException {
        int number = 0;
        for (var piece = in.readNBytes(ImportPieces.BYTES);
                piece.length > 0;
                piece = in.readNBytes(ImportPieces.BYTES)) {
            number++;
            Waiting.on(pieces.add(db, one.id(), number, piece));
        }
    }

    /** An import of the caller's city. */
    Future<RegisterImport> get(CityCaller caller, UUID id) {
        var cityCode = caller.office().cityCode();
        return find(id).map(one -> {
            if (!one.list().cityCode().equals(cityCode)) {
                throw Refusal.of(PlatformProblem.NOT_FOUND);
            }
            return one;
        });
    }

    /** Any import, for the command line. */
    public Future<RegisterImport> find(UUID id) {
        return store.find(db, id).map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    /** The lines of the report, some at a time. */
    public ImportReport report(RegisterImport one, String languageTag) {
        return new ImportReport(after -> store.faults(db, one.id(), after, ImportReport.LINES_AT_ONCE), languageTag);
    }
}
