package io.anju.rights;

import io.anju.identity.FileView;
import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a resident asked about their own data, and the records of their account. */
public final class RightsFiles implements ResidentFiles {
    private final ExportStore exports;
    private final CorrectionFileStore corrections;
    private final CorrectionEvidenceStore evidence = new CorrectionEvidenceStore();

    public RightsFiles(Vault vault) {
        this.exports = new ExportStore(vault);
        this.corrections = new CorrectionFileStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of("rights.export", "rights.correction", "rights.attachment", "platform.audit");
    }

    @Override
    public Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now) {
        return corrections.handOver(tx, from, to).map(true);
    }

    @Override
    public Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return corrections.views(sql, residentId, before, limit);
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return corrections.hasOpen(tx, residentId).map(open -> open ? List.of("data-corrections") : List.of());
    }

    /** Copies and what concerned the account alone go; records of what was done stay, because they are everybody's proof. */
    @Override
    public Future<Void> erase(Tx tx, UUID residentId, Instant now) {
        return exports.erase(tx, residentId)
                .compose(erased -> evidence.loosen(tx, residentId))
                .compose(loosened -> corrections.erase(tx, residentId));
    }

    @Override
    public Map<String, String> kept() {
        return Map.of(
                "records", "records", "data-corrections", "case-files", "data-correction-documents", "case-files");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return Future.all(
                        exports.listOf(sql, owner.id()),
                        corrections.corrections(sql, owner.id()),
                        corrections.documents(sql, owner.id()),
                        exports.records(sql, owner.id()))
                .map(read -> List.of(
                        new Held("data-copies", read.resultAt(0)),
                        new Held("data-corrections", read.resultAt(1)),
                        new Held("data-correction-documents", read.resultAt(2)),
                        new Held("records", read.resultAt(3))));
    }
}
