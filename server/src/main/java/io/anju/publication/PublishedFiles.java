package io.anju.publication;

import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lines of published lists that are a resident's, with the salts by which they are proved. */
public final class PublishedFiles implements ResidentFiles {
    private final PublishedFileStore store = new PublishedFileStore();

    @Override
    public Set<String> tables() {
        return Set.of("publication.run", "publication.place");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("published-lines", "case-files");
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return store.lines(sql, owner.id()).map(rows -> List.of(new Held("published-lines", rows)));
    }
}
