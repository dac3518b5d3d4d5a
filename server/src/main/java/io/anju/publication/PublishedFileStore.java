package io.anju.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.db.Columns;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Published lines as the household may take them along. */
final class PublishedFileStore {
    /** From publication to publication, because lines are found by both: a list has a million of them each time. */
    private static final String LINES = """
            SELECT p.id AS "publicationId", p.city_code AS "cityCode", p.programme, p.period,
                   p.published_at AS "publishedAt", l.rank, l.content, l.salt
              FROM waitinglist.household h
              JOIN publication.publication p ON p.city_code = h.city_code AND p.programme = h.programme
              JOIN publication.line l ON l.publication_id = p.id AND l.registration_id = h.registration_id
             WHERE h.resident_id = $1
             ORDER BY p.id
             LIMIT 1000
            """;

    Future<List<ObjectNode>> lines(Sql sql, UUID residentId) {
        return HeldRows.list(
                sql,
                LINES,
                (row, node) -> node.put("salt", HexFormat.of().formatHex(Columns.bytes(row, "salt"))),
                residentId);
    }
}
