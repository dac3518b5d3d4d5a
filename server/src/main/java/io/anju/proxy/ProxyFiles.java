package io.anju.proxy;

import io.anju.identity.FileView;
import io.anju.identity.Held;
import io.anju.identity.Resident;
import io.anju.identity.ResidentFiles;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Once;
import io.anju.platform.jobs.Retained;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A resident's proxies, those for whom the resident acts, and every time that somebody did. */
public final class ProxyFiles implements ResidentFiles {
    private static final String USES = "acts-of-proxies";

    private final ProxyStore store;
    private final UseStore uses = new UseStore();

    public ProxyFiles(Vault vault) {
        this.store = new ProxyStore(vault);
    }

    @Override
    public Set<String> tables() {
        return Set.of("proxy.mandate", "proxy.use");
    }

    @Override
    public Map<String, String> kept() {
        return Map.of("proxies", USES, USES, USES);
    }

    @Override
    public Future<List<Held>> export(Sql sql, Resident owner) {
        return Future.all(uses.mandates(sql, owner.id()), uses.uses(sql, owner.id()))
                .map(read -> List.of(new Held("proxies", read.resultAt(0)), new Held(USES, read.resultAt(1))));
    }

    @Override
    public Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return uses.views(sql, residentId, before, limit);
    }

    /** What is erased here when its period is over. */
    public static List<Retained> retained() {
        return List.of(new Retained("acts-of-proxies", UseStore::countOld, UseStore::eraseOld));
    }

    /** Nobody acts for an account that is gone, or in its name, and no answer stays of when somebody did. */
    @Override
    public Future<Void> erase(Tx tx, UUID residentId, Instant now) {
        return store.endAllOf(tx, residentId, now)
                .compose(ended -> uses.mandateIds(tx, residentId))
                .compose(mandates -> Future.all(mandates.stream()
                        .map(mandate -> Once.forgetMandate(tx, mandate))
                        .toList()))
                .mapEmpty();
    }
}
