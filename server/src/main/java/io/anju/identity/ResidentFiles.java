package io.anju.identity;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a domain keeps for a resident's account. Each domain fills this for its own tables, so that this one need not
 * know them; a test finds tables with personal columns that no part names.
 */
public interface ResidentFiles {
    /** The tables, with their schema, that this part answers for. */
    Set<String> tables();

    /** Moves what was only begun from one account to another; gives whether nothing else was there. */
    default Future<Boolean> handOver(Tx tx, UUID from, UUID to, Instant now) {
        return Future.succeededFuture(true);
    }

    /** Everything that is kept about the resident, other people's data masked or left out. */
    Future<List<Held>> export(Sql sql, Resident owner);

    /** Who saw the resident's files, the newest first, those with an id before {@code before}. */
    default Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return Future.succeededFuture(List.of());
    }

    /** Names of what is still going on and has to end before the account may be deleted. */
    default Future<List<String>> goingOn(Tx tx, UUID residentId) {
        return Future.succeededFuture(List.of());
    }

    /** Erases what no law asks for. */
    default Future<Void> erase(Tx tx, UUID residentId, Instant now) {
        return Future.succeededFuture();
    }

    /**
     * The kinds of {@link Held} of which something stays when the account ends, each with its period in {@code
     * retention/periods.yaml}. Whatever {@link #export} still finds afterwards must be one of them.
     */
    Map<String, String> kept();
}
