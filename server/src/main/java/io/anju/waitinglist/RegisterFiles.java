package io.anju.waitinglist;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A resident's entries in the register, with everything that was added to them. */
public final class RegisterFiles implements ResidentFiles {
    private final RegisterFileStore store;

    public RegisterFiles(Vault vault) {
        this.store = new RegisterFileStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of(
                "waitinglist.registration",
                "waitinglist.exit",
                "waitinglist.freeze",
                "waitinglist.waiver",
                "waitinglist.inputs",
                "waitinglist.standing_run",
                "waitinglist.standing_part",
                "waitinglist.departure",
                "waitinglist.visit",
                "waitinglist.bar",
                "waitinglist.household_account");
    }

    @Override
    public Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return store.isWaiting(tx, residentId).map(waits -> waits ? List.of("registrations") : List.of());
    }

    @Override
    public Map<String, String> kept() {
        return Map.of(
                "registrations",
                "case-files",
                "taken-over",
                "case-files",
                "bars",
                "case-files",
                "exits",
                "case-files",
                "freezes",
                "case-files",
                "waivers",
                "case-files",
                "changes",
                "case-files",
                "ranks",
                "case-files",
                "last-ranks",
                "case-files",
                "rank-visits",
                "case-files");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        var id = owner.id();
        return Future.all(List.of(
                        store.registrations(sql, id).map(rows -> new Held("registrations", rows)),
                        store.ties(sql, id).map(rows -> new Held("taken-over", rows)),
                        store.bars(sql, owner).map(rows -> new Held("bars", rows)),
                        store.exits(sql, id).map(rows -> new Held("exits", rows)),
                        store.freezes(sql, id).map(rows -> new Held("freezes", rows)),
                        store.waivers(sql, id).map(rows -> new Held("waivers", rows)),
                        store.changes(sql, id).map(rows -> new Held("changes", rows)),
                        store.places(sql, id).map(rows -> new Held("ranks", rows)),
                        store.departures(sql, id).map(rows -> new Held("last-ranks", rows)),
                        store.visits(sql, id).map(rows -> new Held("rank-visits", rows))))
                .map(read -> read.<Held>list());
    }
}
