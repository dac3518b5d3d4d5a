package io.anju.publicity;

import io.anju.application.ApplicationService;
import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What was shown of a resident in public, and what others objected. Who objected is not told to anyone. */
public final class PublicityFiles implements ResidentFiles {
    private final ApplicationService applications;
    private final PublicityFileStore store;

    public PublicityFiles(Vault vault, ApplicationService applications) {
        this.applications = applications;
        this.store = new PublicityFileStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of("publicity.waiting", "publicity.line", "publicity.objection");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("publicity-waiting", "case-files", "publicity-lines", "case-files", "objections", "case-files");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return applications.idsOfResident(sql, owner.id()).compose(ids -> {
            var all = ids.toArray(UUID[]::new);
            return Future.all(store.waiting(sql, all), store.lines(sql, all), store.objections(sql, all))
                    .map(read -> List.of(
                            new Held("publicity-waiting", read.resultAt(0)),
                            new Held("publicity-lines", read.resultAt(1)),
                            new Held("objections", read.resultAt(2))));
        });
    }
}
