package io.anju.identity;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Agency;
import io.anju.platform.http.Office;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of {@code identity.staff} and {@code identity.partner}. */
final class OfficialStore {
    static {
        SqlErrors.constraint("one_account_per_username", IdentityProblem.USERNAME_TAKEN);
        SqlErrors.constraint("one_partner_per_client_id", IdentityProblem.CLIENT_ID_TAKEN);
    }

    private static final String INSERT_STAFF = """
            INSERT INTO identity.staff
                   (id, username, password_hash, display_name, city_code, office_level, office_area, office_name,
                    roles, person_index, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """;

    private static final String FIND_PERSON = """
            SELECT person_index FROM identity.staff WHERE id = $1
            """;

    private static final String FIND_STAFF = """
            SELECT id, username, password_hash, display_name, city_code, office_level, office_area, office_name, roles,
                   one_time_until,
                   EXISTS (SELECT FROM identity.staff_totp WHERE staff_id = id AND confirmed_at IS NOT NULL) AS has_totp
              FROM identity.staff
             WHERE id = $1 AND enabled
            """;

    private static final String FIND_STAFF_NAMED = """
            SELECT id, username, password_hash, display_name, city_code, office_level, office_area, office_name, roles,
                   one_time_until,
                   EXISTS (SELECT FROM identity.staff_totp WHERE staff_id = id AND confirmed_at IS NOT NULL) AS has_totp
              FROM identity.staff
             WHERE username = $1 AND enabled
            """;

    private static final String FIND_STAFF_BY_USERNAME = """
            SELECT id, username, password_hash, display_name, city_code, office_level, office_area, office_name, roles,
                   one_time_until,
                   EXISTS (SELECT FROM identity.staff_totp WHERE staff_id = id AND confirmed_at IS NOT NULL) AS has_totp
              FROM identity.staff
             WHERE username = $1 AND enabled
               AND (one_time_until IS NULL OR (one_time_until > $2 AND NOT one_time_used))
            """;

    private static final String USE_ONE_TIME = """
            UPDATE identity.staff SET one_time_used = true WHERE id = $1 AND one_time_until IS NOT NULL AND NOT one_time_used
            """;

    private static final String INSERT_PARTNER = """
            INSERT INTO identity.partner
                   (id, client_id, secret_hash, agency, city_code, scopes, allowed_networks, created_at, purpose,
                    requests_per_minute)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """;

    private static final String FIND_PARTNER = """
            SELECT id, client_id, agency, city_code, scopes, allowed_networks, purpose, requests_per_minute
              FROM identity.partner
             WHERE id = $1 AND enabled
            """;

    private static final String FIND_PARTNER_BY_CLIENT_ID = """
            SELECT id, client_id, agency, city_code, scopes, allowed_networks, purpose, requests_per_minute, secret_hash,
                   CASE WHEN previous_secret_until > $2 THEN previous_secret_hash END AS previous_secret_hash
              FROM identity.partner
             WHERE client_id = $1 AND enabled
            """;

    private static final String FIND_STAFF_ID = "SELECT id FROM identity.staff WHERE username = $1";

    private static final String FIND_PARTNER_ID = "SELECT id FROM identity.partner WHERE client_id = $1";

    /** Someone or something that logs in with a secret, and the hash of that. */
    record Credential<T, H>(T owner, H hash) {}

    Future<Void> insertStaff(Tx tx, Staff staff, String passwordHash, byte @Nullable [] personIndex, Instant now) {
        var office = staff.office();
        return tx.execute(
                        INSERT_STAFF,
                        staff.id(),
                        staff.username(),
                        passwordHash,
                        staff.displayName(),
                        office.cityCode(),
                        office.level(),
                        office.areaCode(),
                        office.name(),
                        staff.roles().stream().map(Role::id).sorted().toArray(String[]::new),
                        personIndex == null ? null : bytes(personIndex),
                        at(now))
                .mapEmpty();
    }

    /** Whose user name it is, disabled or not. */
    Future<Optional<UUID>> findStaffId(Sql sql, String username) {
        return sql.find(FIND_STAFF_ID, row -> row.getUUID("id"), username);
    }

    /** Whose client id it is, disabled or not. */
    Future<Optional<UUID>> findPartnerId(Sql sql, String clientId) {
        return sql.find(FIND_PARTNER_ID, row -> row.getUUID("id"), clientId);
    }

    /** The blind index of the person whose account this is, where it is known. */
    Future<Optional<byte[]>> findPerson(Sql sql, UUID staffId) {
        return sql.find(FIND_PERSON, row -> findBytes(row, "person_index"), staffId)
                .map(found -> found.flatMap(index -> index));
    }

    Future<Optional<Staff>> findStaff(Sql sql, UUID id) {
        return sql.find(FIND_STAFF, OfficialStore::staff, id);
    }

    /** Whoever has this user name and is not disabled. */
    Future<Optional<Staff>> findStaffNamed(Sql sql, String username) {
        return sql.find(FIND_STAFF_NAMED, OfficialStore::staff, username);
    }

    /** Whoever may log in now; a password that was good once and is used or too old is none. */
    Future<Optional<Credential<Staff, String>>> findStaffByUsername(Sql sql, String username, Instant now) {
        return sql.find(
                FIND_STAFF_BY_USERNAME,
                row -> new Credential<>(staff(row), row.getString("password_hash")),
                username,
                at(now));
    }

    /** Takes a password that is good once; gives whether it was still there. */
    Future<Boolean> useOneTimePassword(Tx tx, UUID id) {
        return tx.execute(USE_ONE_TIME, id).map(rows -> rows > 0);
    }

    Future<Void> insertPartner(Tx tx, Partner partner, byte @Nullable [] secretHash, Instant now) {
        return tx.execute(
                        INSERT_PARTNER,
                        partner.id(),
                        partner.clientId(),
                        secretHash == null ? null : bytes(secretHash),
                        partner.agency().id(),
                        partner.agency().cityCode(),
                        partner.scopes().stream().sorted().toArray(String[]::new),
                        partner.networks().toArray(String[]::new),
                        at(now),
                        partner.terms().purpose(),
                        partner.terms().requestsPerMinute())
                .mapEmpty();
    }

    Future<Optional<Partner>> findPartner(Sql sql, UUID id) {
        return sql.find(FIND_PARTNER, OfficialStore::partner, id);
    }

    /** With the hashes of the secrets that are good now: the newest, and for some time the one before it. */
    Future<Optional<Credential<Partner, List<byte[]>>>> findPartnerByClientId(Sql sql, String clientId, Instant now) {
        return sql.find(
                FIND_PARTNER_BY_CLIENT_ID,
                row -> new Credential<>(
                        partner(row),
                        Stream.of(findBytes(row, "secret_hash"), findBytes(row, "previous_secret_hash"))
                                .flatMap(Optional::stream)
                                .toList()),
                clientId,
                at(now));
    }

    static Staff staff(Row row) {
        return new Staff(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                new Office(
                        row.getString("city_code"),
                        row.getString("office_level"),
                        row.getString("office_area"),
                        row.getString("office_name")),
                Arrays.stream(row.getArrayOfStrings("roles")).map(Role::of).collect(Collectors.toSet()),
                row.getBoolean("has_totp"),
                row.getOffsetDateTime("one_time_until") != null);
    }

    private static Partner partner(Row row) {
        return new Partner(
                row.getUUID("id"),
                row.getString("client_id"),
                new Agency(row.getString("city_code"), row.getString("agency")),
                Set.of(row.getArrayOfStrings("scopes")),
                List.of(row.getArrayOfStrings("allowed_networks")),
                new Partner.Terms(row.getString("purpose"), row.getInteger("requests_per_minute")));
    }
}
