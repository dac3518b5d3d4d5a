package io.anju.complaint;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What everyone may see of requests for open services, and which program filed which. */
final class ServiceStore {
    /** The first condition holds whatever a city's document says: reports and petitions are shown to nobody. */
    private static final String SHOWN = """
            SELECT c.number, c.category, c.state, c.office_level, c.area_code, c.filed_on, c.updated_at, k.due_on
              FROM complaint.complaint AS c
              LEFT JOIN complaint.clock AS k ON k.complaint_id = c.id AND k.ended_on IS NULL
             WHERE c.kind IN ('complaint', 'repair', 'consultation')
               AND c.city_code = $1
               AND EXISTS (SELECT
                             FROM unnest($2::text[], $3::text[]) AS open(category, kind)
                            WHERE open.category = c.category AND open.kind = c.kind)
            """;

    private static final String LIST = SHOWN + """
               AND c.filed_on BETWEEN $4 AND $5
               AND ($6::boolean IS NULL OR (c.state IN ('received', 'handling', 'in_review')) = $6)
             ORDER BY c.filed_on DESC, c.id DESC
             LIMIT 1000
            """;

    private static final String LIST_BY_NUMBER = SHOWN + """
               AND c.number = ANY ($4)
             ORDER BY c.filed_on DESC, c.id DESC
            """;

    private static final String LOCK =
            "SELECT pg_advisory_xact_lock(hashtextextended('complaint.service-filing/' || $1::uuid::text, 0))";

    private static final String FIND_ALIKE = """
            SELECT c.number
              FROM complaint.service_filing AS f
              JOIN complaint.complaint AS c ON c.id = f.complaint_id
             WHERE f.partner_id = $1 AND f.fingerprint = $2 AND f.filed_at > $3
             ORDER BY f.filed_at
             LIMIT 1
            """;

    private static final String COUNT =
            "SELECT count(*) AS filed FROM complaint.service_filing WHERE partner_id = $1 AND filed_at > $2";

    private static final String INSERT = """
            INSERT INTO complaint.service_filing (complaint_id, partner_id, fingerprint, filed_at)
            VALUES ($1, $2, $3, $4)
            """;

    /** @param dueOn null where nobody owes an answer */
    record Shown(
            String number,
            String category,
            ComplaintState state,
            OfficeRef office,
            LocalDate filedOn,
            Instant updatedAt,
            @Nullable LocalDate dueOn) {}

    /**
     * The services that are looked at.
     *
     * @param kinds of each of the categories the one that is open
     */
    record Services(String cityCode, String[] categories, String[] kinds) {}

    /** @param open null for both */
    Future<List<Shown>> list(Sql sql, Services services, LocalDate from, LocalDate to, @Nullable Boolean open) {
        return sql.list(
                LIST,
                ServiceStore::shown,
                services.cityCode(),
                services.categories(),
                services.kinds(),
                from,
                to,
                open);
    }

    Future<List<Shown>> listByNumber(Sql sql, Services services, List<String> numbers) {
        return sql.list(
                LIST_BY_NUMBER,
                ServiceStore::shown,
                services.cityCode(),
                services.categories(),
                services.kinds(),
                numbers.toArray(String[]::new));
    }

    /** Filings of one program wait for each other, so that two copies at once are one. */
    Future<Void> lock(Tx tx, UUID partnerId) {
        return tx.run(LOCK, partnerId).mapEmpty();
    }

    Future<Optional<String>> findAlike(Sql sql, UUID partnerId, Buffer fingerprint, Instant since) {
        return sql.find(FIND_ALIKE, row -> row.getString("number"), partnerId, fingerprint, at(since));
    }

    Future<Long> count(Sql sql, UUID partnerId, Instant since) {
        return sql.find(COUNT, row -> row.getLong("filed"), partnerId, at(since))
                .map(Optional::orElseThrow);
    }

    Future<Void> insert(Tx tx, UUID complaintId, UUID partnerId, Buffer fingerprint, Instant now) {
        return tx.execute(INSERT, complaintId, partnerId, fingerprint, at(now)).mapEmpty();
    }

    private static Shown shown(Row row) {
        return new Shown(
                row.getString("number"),
                row.getString("category"),
                ComplaintState.of(row.getString("state")),
                new OfficeRef(row.getString("office_level"), row.getString("area_code")),
                row.getLocalDate("filed_on"),
                instant(row, "updated_at"),
                row.getLocalDate("due_on"));
    }
}
