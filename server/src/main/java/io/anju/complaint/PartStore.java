package io.anju.complaint;

import static io.anju.platform.db.Columns.at;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of who has a part in a complaint: offices that help or had it, residents who joined, and whom a report names. */
final class PartStore {
    private static final String INSERT_HOLDER = """
            INSERT INTO complaint.holder (complaint_id, office_level, area_code, since)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT ON CONSTRAINT holder_pkey DO NOTHING
            """;

    private static final String IS_HOLDER =
            "SELECT 1 FROM complaint.holder WHERE complaint_id = $1 AND office_level = $2 AND area_code = $3";

    private static final String INSERT_JOINT = """
            INSERT INTO complaint.joint_office (complaint_id, office_level, area_code)
            VALUES ($1, $2, $3)
            ON CONFLICT ON CONSTRAINT joint_office_pkey DO NOTHING
            """;

    private static final String LIST_JOINT = """
            SELECT office_level, area_code
              FROM complaint.joint_office
             WHERE complaint_id = $1
             ORDER BY office_level, area_code
             LIMIT 20
            """;

    private static final String INSERT_SUPPORTER = """
            INSERT INTO complaint.supporter (complaint_id, resident_id, joined_at)
            VALUES ($1, $2, $3)
            ON CONFLICT ON CONSTRAINT supporter_pkey DO NOTHING
            """;

    private static final String INSERT_NAMED = """
            INSERT INTO complaint.named (complaint_id, office_level, area_code, staff_id, name_key)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT ON CONSTRAINT named_once DO NOTHING
            """;

    private static final String NAMES_OFFICE =
            "SELECT 1 FROM complaint.named WHERE complaint_id = $1 AND office_level = $2 AND area_code = $3";

    private static final String NAMES_STAFF =
            "SELECT 1 FROM complaint.named WHERE complaint_id = $1 AND (staff_id = $2 OR name_key = $3)";

    Future<Void> insertHolder(Tx tx, UUID id, OfficeRef office, Instant now) {
        return tx.execute(INSERT_HOLDER, id, office.level(), office.areaCode(), at(now))
                .mapEmpty();
    }

    Future<Boolean> isHolder(Sql sql, UUID id, OfficeRef office) {
        return sql.find(IS_HOLDER, row -> true, id, office.level(), office.areaCode())
                .map(Optional::isPresent);
    }

    Future<Void> insertJoint(Tx tx, UUID id, OfficeRef office) {
        return tx.execute(INSERT_JOINT, id, office.level(), office.areaCode()).mapEmpty();
    }

    Future<List<OfficeRef>> listJoint(Sql sql, UUID id) {
        return sql.list(
                LIST_JOINT, row -> new OfficeRef(row.getString("office_level"), row.getString("area_code")), id);
    }

    /** Whether the resident had not joined before. */
    Future<Boolean> insertSupporter(Tx tx, UUID id, UUID residentId, Instant now) {
        return tx.execute(INSERT_SUPPORTER, id, residentId, at(now)).map(rows -> rows > 0);
    }

    Future<Void> nameOffice(Tx tx, UUID id, OfficeRef office) {
        return name(tx, id, office, null, null);
    }

    Future<Void> nameStaff(Tx tx, UUID id, UUID staffId) {
        return name(tx, id, null, staffId, null);
    }

    Future<Void> nameKey(Tx tx, UUID id, Buffer nameKey) {
        return name(tx, id, null, null, nameKey);
    }

    private static Future<Void> name(
            Tx tx, UUID id, @Nullable OfficeRef office, @Nullable UUID staffId, @Nullable Buffer nameKey) {
        return tx.execute(
                        INSERT_NAMED,
                        id,
                        office == null ? null : office.level(),
                        office == null ? null : office.areaCode(),
                        staffId,
                        nameKey)
                .mapEmpty();
    }

    Future<Boolean> namesOffice(Sql sql, UUID id, OfficeRef office) {
        return sql.find(NAMES_OFFICE, row -> true, id, office.level(), office.areaCode())
                .map(Optional::isPresent);
    }

    Future<Boolean> namesStaff(Sql sql, UUID id, UUID staffId, Buffer nameKey) {
        return sql.find(NAMES_STAFF, row -> true, id, staffId, nameKey).map(Optional::isPresent);
    }
}
