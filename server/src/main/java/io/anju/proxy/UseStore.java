package io.anju.proxy;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.identity.FileView;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code proxy.use}, and mandates as those of one account. */
final class UseStore {
    /** Looks the mandate up, and puts the use of it on record, in one round trip. */
    private static final String USE = """
            WITH found AS (
                SELECT id, represented_id, proxy_id, masked_proxy_name
                  FROM proxy.mandate
                 WHERE id = $1 AND proxy_id = $2 AND state = 'active' AND expires_on >= $3 AND $4 = ANY (groups)),
            used AS (
                INSERT INTO proxy.use (id, mandate_id, represented_id, proxy_id, masked_name, at, operation)
                SELECT $5, id, represented_id, proxy_id, masked_proxy_name, $6, $7 FROM found)
            SELECT id, represented_id, proxy_id, masked_proxy_name FROM found
            """;

    private static final String MANDATES = """
            SELECT id AS "proxyId", kind, groups, state, masked_represented_name AS "maskedRepresentedName",
                   masked_proxy_name AS "maskedProxyName", appointed_at AS "appointedAt", expires_on AS "expiresOn",
                   ended_at AS "endedAt", area_code AS "areaCode", evidence_number AS "evidenceNumber"
              FROM proxy.mandate
             WHERE represented_id = $1 OR proxy_id = $1
             ORDER BY id
             LIMIT 1000
            """;

    private static final String USES = """
            SELECT mandate_id AS "proxyId", masked_name AS "maskedProxyName", at, operation
              FROM proxy.use
             WHERE represented_id = $1 OR proxy_id = $1
             ORDER BY id DESC
             LIMIT 10000
            """;

    private static final String VIEWS = """
            SELECT id, at, masked_name, operation
              FROM proxy.use
             WHERE represented_id = $1 AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3
            """;

    private static final String MANDATE_IDS = """
            SELECT id FROM proxy.mandate WHERE represented_id = $1 OR proxy_id = $1 ORDER BY id
            """;

    private static final String COUNT_OLD = "SELECT count(*) AS rows FROM proxy.use WHERE at < $1";

    private static final String ERASE_OLD = """
            DELETE FROM proxy.use
             WHERE id IN (SELECT id FROM proxy.use WHERE at < $1 ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
            """;

    static Future<Long> countOld(Sql sql, Instant before) {
        return sql.find(COUNT_OLD, row -> row.getLong("rows"), at(before)).map(Optional::orElseThrow);
    }

    static Future<Integer> eraseOld(Tx tx, Instant before, int most) {
        return tx.execute(ERASE_OLD, at(before), most);
    }

    /** Whom a mandate that covers a group lets the proxy act for, now. */
    record Used(UUID representedId, Caller.Proxy proxy) {}

    Future<Optional<Used>> use(Sql sql, UUID mandateId, UUID proxyId, String group, String operation, Instant now) {
        return sql.find(
                USE, UseStore::used, mandateId, proxyId, Shanghai.date(now), group, Ids.next(now), at(now), operation);
    }

    Future<List<ObjectNode>> mandates(Sql sql, UUID residentId) {
        return HeldRows.list(sql, MANDATES, residentId);
    }

    Future<List<ObjectNode>> uses(Sql sql, UUID residentId) {
        return HeldRows.list(sql, USES, residentId);
    }

    Future<List<FileView>> views(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(VIEWS, UseStore::view, residentId, before, limit);
    }

    Future<List<UUID>> mandateIds(Sql sql, UUID residentId) {
        return sql.list(MANDATE_IDS, row -> row.getUUID("id"), residentId);
    }

    private static Used used(Row row) {
        return new Used(
                row.getUUID("represented_id"),
                new Caller.Proxy(row.getUUID("id"), row.getUUID("proxy_id"), row.getString("masked_proxy_name")));
    }

    private static FileView view(Row row) {
        return new FileView(
                row.getUUID("id"),
                instant(row, "at"),
                FileView.Viewer.PROXY,
                row.getString("masked_name"),
                row.getString("operation"),
                null);
    }
}
