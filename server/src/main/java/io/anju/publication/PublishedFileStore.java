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
                   p.published_at AS "publishedAt", place.rank,
                   split_part(convert_from(run.content, 'UTF8'), E'\\n', (place.rank - 1) % 1024 + 1) AS content,
                   substr(run.salts, (place.rank - 1) % 1024 * 32 + 1, 32) AS salt
              FROM waitinglist.household h
              JOIN publication.publication p ON p.city_code = h.city_code AND p.programme = h.programme
             CROSS JOIN LATERAL (
                    SELECT substr(ranks, (h.sequence % 1024)::integer * 4 + 1, 4)::integer AS rank
                      FROM publication.place
                     WHERE publication_id = p.id AND place.run = h.sequence / 1024
                       AND length(ranks) > (h.sequence % 1024) * 4) place
              JOIN publication.run run ON run.publication_id = p.id AND run.run = (place.rank - 1) / 1024
             WHERE h.resident_id = $1 AND place.rank > 0
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
