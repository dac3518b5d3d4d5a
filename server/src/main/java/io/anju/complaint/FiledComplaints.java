package io.anju.complaint;

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

/** What residents filed and joined; it goes with the account, wherever it goes. */
final class FiledComplaints implements ResidentFiles {
    private final FiledStore store;

    FiledComplaints(Vault vault) {
        this.store = new FiledStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of(
                "complaint.complaint",
                "complaint.event",
                "complaint.rating",
                "complaint.supporter",
                // keyed fingerprints of names; what was written is exported with the complaint
                "complaint.named");
    }

    @Override
    public Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now) {
        return store.handOver(tx, from, to)
                .compose(moved -> store.handOverJoined(tx, from, to))
                .map(true);
    }

    @Override
    public Map<String, String> kept() {
        return Map.of(
                "complaints", "complaints",
                "complaint-history", "complaints",
                "complaint-documents", "complaints",
                "complaint-ratings", "complaints",
                "complaints-joined", "complaints");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        var id = owner.id();
        return Future.all(
                        store.complaints(sql, id),
                        store.events(sql, id),
                        store.joined(sql, id),
                        store.documents(sql, id),
                        store.ratings(sql, id))
                .map(read -> List.of(
                        new Held("complaints", read.resultAt(0)),
                        new Held("complaint-history", read.resultAt(1)),
                        new Held("complaints-joined", read.resultAt(2)),
                        new Held("complaint-documents", read.resultAt(3)),
                        new Held("complaint-ratings", read.resultAt(4))));
    }

    @Override
    public Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return store.views(sql, residentId, before, limit);
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return store.hasOpen(tx, residentId).map(open -> open ? List.of("complaints") : List.of());
    }
}
