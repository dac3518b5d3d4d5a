package io.anju.review;

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

/** What the offices decided on a resident's applications, and what they still have to. */
public final class ReviewFiles implements ResidentFiles {
    private final ApplicationService applications;
    private final ReviewFileStore store;

    public ReviewFiles(Vault vault, ApplicationService applications) {
        this.applications = applications;
        this.store = new ReviewFileStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of("review.task", "review.decision");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("review-tasks", "case-files", "decisions", "case-files");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return applications.idsOfResident(sql, owner.id()).compose(ids -> {
            var all = ids.toArray(UUID[]::new);
            return Future.all(store.tasks(sql, all), store.decisions(sql, all))
                    .map(read -> List.of(
                            new Held("review-tasks", read.resultAt(0)), new Held("decisions", read.resultAt(1))));
        });
    }
}
