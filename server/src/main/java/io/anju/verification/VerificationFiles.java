package io.anju.verification;

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

/** What was asked of agencies about a resident, and what they answered. */
public final class VerificationFiles implements ResidentFiles {
    private final ApplicationService applications;
    private final VerificationFileStore store;

    public VerificationFiles(Vault vault, ApplicationService applications) {
        this.applications = applications;
        this.store = new VerificationFileStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of("verification.request", "verification.answer");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("verification-requests", "case-files", "verification-answers", "case-files");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return applications.idsOfResident(sql, owner.id()).compose(ids -> {
            var all = ids.toArray(UUID[]::new);
            return Future.all(store.requests(sql, all), store.answers(sql, all))
                    .map(read -> List.of(
                            new Held("verification-requests", read.resultAt(0)),
                            new Held("verification-answers", read.resultAt(1))));
        });
    }
}
