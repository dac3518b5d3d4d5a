package io.anju.application;

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

/** What this domain keeps for a resident's account, for when something happens to the account as a whole. */
final class OwnFiles implements ResidentFiles {
    private final OwnFileStore store = new OwnFileStore();
    private final OwnDataStore data;

    OwnFiles(Vault vault) {
        this.data = new OwnDataStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of(
                "application.application",
                "application.draft",
                "application.submission",
                "application.event",
                "application.correction",
                "application.re_review",
                "application.attachment",
                "application.reading",
                "application.claim",
                "application.housed_person");
    }

    @Override
    public Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now) {
        return store.handOverDrafts(tx, from, to, now)
                .compose(moved -> store.hasAny(tx, from))
                .map(left -> !left);
    }

    @Override
    public Map<String, String> kept() {
        return Map.of(
                "applications",
                "case-files",
                "submissions",
                "case-files",
                "timeline",
                "case-files",
                "corrections",
                "case-files",
                "re-reviews",
                "case-files",
                "documents",
                "case-files",
                "file-readings",
                "case-files",
                "places",
                "case-files",
                "housed",
                "case-files");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return data.all(sql, owner);
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return store.isGoingOn(tx, residentId).map(goesOn -> goesOn ? List.of("applications") : List.of());
    }

    /** Drafts go; what was handed in is a public authority's file, with the decisions that rest on it. */
    @Override
    public Future<Void> erase(Tx tx, UUID residentId, Instant now) {
        return store.eraseDrafts(tx, residentId, now).mapEmpty();
    }

    @Override
    public Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return store.readings(sql, residentId, before, limit);
    }
}
