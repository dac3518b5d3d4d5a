package io.anju.rights;

import io.anju.platform.audit.Audit;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.files.CleanFile;
import io.anju.platform.files.FileStore;
import io.anju.platform.files.KeptFiles;
import io.anju.platform.http.Caller;
import io.anju.platform.http.ResidentCaller;
import io.anju.platform.problem.PlatformProblem;
import io.anju.platform.problem.Refusal;
import io.anju.platform.rotation.SealedFiles;
import io.anju.rights.Correction.State;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Papers and pictures that prove what a resident says; what a picture says beside itself is removed before it is kept. */
final class CorrectionEvidence {
    private static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final int MOST_FILES = 10;

    private final Db db;
    private final CorrectionStore corrections;
    private final KeptFiles files;
    private final CorrectionEvidenceStore store = new CorrectionEvidenceStore();

    CorrectionEvidence(Vertx vertx, Db db, Vault vault, FileStore files) {
        this.db = db;
        this.corrections = new CorrectionStore(vault);
        this.files = new KeptFiles(vertx, vault, files, db, "rights");
    }

    /** @param sha256 of what is kept, not of what came */
    record Paper(
            UUID id,
            UUID correctionId,
            String mediaType,
            long sizeBytes,
            String sha256,
            String fileKey,
            Instant addedAt) {}

    /** The bytes of a paper, in clear. */
    record Opened(Paper paper, Buffer content) {}

    /** Cleans and stores the bytes, outside of any transaction. */
    Future<Paper> keep(ResidentCaller caller, UUID correctionId, Buffer content, Instant now) {
        if (content.length() > MOST_BYTES) {
            throw Refusal.of(
                    RightsProblem.CORRECTION_FILE_TOO_LARGE, Map.of("maximumBytes", Integer.toString(MOST_BYTES)));
        }
        return own(db, caller, correctionId)
                .map(CorrectionEvidence::requireOpen)
                .compose(open -> files.keep(content, CorrectionEvidence::clean, now))
                .map(kept -> new Paper(
                        kept.id(),
                        correctionId,
                        kept.mediaType(),
                        kept.sizeBytes(),
                        kept.sha256(),
                        kept.fileKey(),
                        kept.at()));
    }

    private static KeptFiles.Recognised clean(byte[] bytes) {
        return CleanFile.of(bytes).orElseThrow(() -> Refusal.of(RightsProblem.CORRECTION_FILE_REFUSED));
    }

    /** Adds the paper whose bytes are stored; the same content is there once. */
    Future<Paper> add(Tx tx, ResidentCaller caller, Paper paper) {
        var id = paper.correctionId();
        return own(tx, caller, id)
                .compose(found -> corrections.lock(tx, id))
                .compose(locked -> own(tx, caller, id))
                .map(CorrectionEvidence::requireOpen)
                .compose(open -> store.list(tx, id))
                .compose(present -> addTo(tx, caller, present, paper));
    }

    private Future<Paper> addTo(Tx tx, Caller caller, List<Paper> present, Paper paper) {
        var same = present.stream()
                .filter(there -> there.sha256().equals(paper.sha256()))
                .findFirst();
        if (same.isPresent()) {
            return Future.succeededFuture(same.get());
        }
        if (present.size() >= MOST_FILES) {
            return Refusal.failed(
                    RightsProblem.TOO_MANY_CORRECTION_FILES, Map.of("maximum", Integer.toString(MOST_FILES)));
        }
        return store.insert(tx, paper)
                .compose(inserted -> Audit.record(
                        tx, caller, "data-correction.evidence-added", "data-correction", paper.correctionId(), null))
                .map(paper);
    }

    Future<List<Paper>> list(Sql sql, UUID correctionId) {
        return store.list(sql, correctionId);
    }

    /** Opens one of the caller's own. */
    Future<Opened> openOwn(ResidentCaller caller, UUID correctionId, UUID id) {
        return own(db, caller, correctionId).compose(found -> open(correctionId, id));
    }

    /** Refuses with 404 where there is no such paper. */
    Future<Void> requirePaper(Sql sql, UUID correctionId, UUID id) {
        return store.find(sql, correctionId, id)
                .compose(found ->
                        found.isPresent() ? Future.succeededFuture() : Refusal.failed(PlatformProblem.NOT_FOUND));
    }

    /** Opens one for somebody whose right to see it was checked. */
    Future<Opened> open(UUID correctionId, UUID id) {
        return store.find(db, correctionId, id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)))
                .compose(paper -> files.open(paper.id(), paper.fileKey()).map(content -> new Opened(paper, content)));
    }

    private Future<Correction> own(Sql sql, ResidentCaller caller, UUID id) {
        return corrections
                .findOwn(sql, caller.id(), id)
                .map(found -> found.orElseThrow(() -> Refusal.of(PlatformProblem.NOT_FOUND)));
    }

    private static Correction requireOpen(Correction one) {
        if (one.state() != State.REQUESTED) {
            throw Refusal.of(RightsProblem.CORRECTION_DECIDED);
        }
        return one;
    }

    /** The bytes, for whoever replaces keys. */
    SealedFiles underKeys() {
        return files.underKeys();
    }

    Future<Integer> sweep(Instant now) {
        return files.sweep(now);
    }
}
