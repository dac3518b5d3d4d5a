package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Office;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Accounts of staff as their administrators see them, and what is on record of what staff did. */
final class StaffAccountStore {
    private static final String ACCOUNT = """
            SELECT id, username, password_hash, display_name, city_code, office_level, office_area, office_name, roles,
                   one_time_until, enabled, created_at,
                   EXISTS (SELECT FROM identity.staff_totp WHERE staff_id = id AND confirmed_at IS NOT NULL) AS has_totp
              FROM identity.staff
            """;

    private static final String OF_AREA = """
             WHERE city_code = $1 AND starts_with(office_area, $2)
            """;

    private static final String LIST = ACCOUNT + OF_AREA + """
               AND ($3::uuid IS NULL OR id < $3)
             ORDER BY id DESC
             LIMIT $4
            """;

    private static final String LOCK = ACCOUNT + OF_AREA + """
               AND id = $3
               FOR UPDATE OF staff
            """;

    private static final String FIND = ACCOUNT + " WHERE id = $1 AND enabled";

    private static final String SET_ROLES = "UPDATE identity.staff SET roles = $2 WHERE id = $1";

    private static final String SET_ENABLED = "UPDATE identity.staff SET enabled = $2 WHERE id = $1";

    private static final String HAND_OVER_PASSWORD = """
            UPDATE identity.staff SET password_hash = $2, one_time_until = $3, one_time_used = false WHERE id = $1
            """;

    /** Only where nobody chose another password meanwhile. */
    private static final String CHOOSE_PASSWORD = """
            UPDATE identity.staff
               SET password_hash = $3, one_time_until = NULL, one_time_used = false
             WHERE id = $1 AND password_hash = $2 AND enabled
            """;

    private static final String RECORDS = """
            SELECT a.id, a.at, a.actor_id, a.office, a.action, a.subject_type, a.subject_id, a.reason
              FROM platform.audit a
              JOIN identity.staff s ON s.id = a.actor_id
             WHERE a.actor_kind = 'staff' AND s.city_code = $1 AND starts_with(s.office_area, $2)
               AND ($3::uuid IS NULL OR a.actor_id = $3)
               AND ($4::bigint IS NULL OR a.id < $4)
             ORDER BY a.id DESC
             LIMIT $5
            """;

    /** An account, with what only its administrators are told. */
    record Account(Staff staff, String passwordHash, boolean enabled, Instant createdAt) {
        @Override
        public String toString() {
            return staff.username();
        }
    }

    /** One thing that a member of staff did. */
    record Done(
            long id,
            Instant at,
            UUID staffId,
            @Nullable String office,
            String action,
            String subjectType,
            UUID subjectId,
            @Nullable String reason) {}

    Future<List<Account>> list(Sql sql, Office office, @Nullable UUID before, int limit) {
        return sql.list(LIST, StaffAccountStore::account, office.cityCode(), office.areaCode(), before, limit);
    }

    Future<Optional<Account>> lock(Tx tx, Office office, UUID id) {
        return tx.find(LOCK, StaffAccountStore::account, office.cityCode(), office.areaCode(), id);
    }

    Future<Optional<Account>> find(Sql sql, UUID id) {
        return sql.find(FIND, StaffAccountStore::account, id);
    }

    Future<Void> setRoles(Tx tx, UUID id, Collection<Role> roles) {
        return tx.execute(SET_ROLES, id, roles.stream().map(Role::id).sorted().toArray(String[]::new))
                .mapEmpty();
    }

    Future<Void> setEnabled(Tx tx, UUID id, boolean enabled) {
        return tx.execute(SET_ENABLED, id, enabled).mapEmpty();
    }

    Future<Void> handOverPassword(Tx tx, UUID id, String hash, Instant until) {
        return tx.execute(HAND_OVER_PASSWORD, id, hash, at(until)).mapEmpty();
    }

    /** Gives whether the present password was still the one that was looked at. */
    Future<Boolean> choosePassword(Tx tx, UUID id, String presentHash, String newHash) {
        return tx.execute(CHOOSE_PASSWORD, id, presentHash, newHash).map(rows -> rows > 0);
    }

    Future<List<Done>> records(Sql sql, Office office, @Nullable UUID staffId, @Nullable Long before, int limit) {
        return sql.list(RECORDS, StaffAccountStore::done, office.cityCode(), office.areaCode(), staffId, before, limit);
    }

    private static Account account(Row row) {
        return new Account(
                OfficialStore.staff(row),
                row.getString("password_hash"),
                row.getBoolean("enabled"),
                instant(row, "created_at"));
    }

    private static Done done(Row row) {
        return new Done(
                row.getLong("id"),
                instant(row, "at"),
                row.getUUID("actor_id"),
                row.getString("office"),
                row.getString("action"),
                row.getString("subject_type"),
                row.getUUID("subject_id"),
                row.getString("reason"));
    }
}
