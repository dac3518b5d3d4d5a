package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.policy.HouseholdFacts;
import io.anju.simulation.SimulationCases;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the households on a list with the facts that they are scored by. */
final class HouseholdStore {
    private final Vault vault;

    HouseholdStore(Vault vault) {
        this.vault = vault;
    }

    /**
     * What a derivation reads of one household on the list; the facts stay sealed until they are scored.
     *
     * @param inputsId the row of {@code waitinglist.inputs} that the facts are of; null for the registration's own
     * @param waivers offers refused on this list
     */
    record Sealed(
            UUID registrationId,
            long sequence,
            String areaCode,
            Instant appliedAt,
            Instant registeredAt,
            String receiptNumber,
            String maskedName,
            String policyDigest,
            byte[] facts,
            @Nullable UUID inputsId,
            int waivers,
            Member.Later later) {}

    /**
     * Every further table is looked up household by household, in the order of the numbers: a page ends where it is full
     * also on a register that has just been taken over, of which the database has no statistics yet.
     */
    private static final String HOUSEHOLDS = """
            SELECT r.registration_id, r.sequence, coalesce(i.area_code, r.area_code) AS area_code, r.applied_at,
                   r.registered_at, r.receipt_number, r.masked_name,
                   coalesce(u.policy_digest, r.policy_digest) AS policy_digest,
                   coalesce(i.facts_sealed, r.facts_sealed) AS facts_sealed, i.inputs_id, i.sequence AS inputs,
                   f.freeze_type IS NOT NULL AS frozen, w.waivers, w.deferred
              FROM waitinglist.registration r
              LEFT JOIN LATERAL (
                    SELECT exit_type
                      FROM waitinglist.exit
                     WHERE exit.registration_id = r.registration_id AND exit.sequence <= $3
                     LIMIT 1) x ON true
              LEFT JOIN LATERAL (
                    SELECT inputs_id, sequence, area_code, facts_sealed
                      FROM waitinglist.inputs
                     WHERE inputs.registration_id = r.registration_id AND inputs.sequence <= $3
                     ORDER BY inputs.sequence DESC
                     LIMIT 1) i ON true
              LEFT JOIN LATERAL (
                    SELECT freeze_type
                      FROM waitinglist.freeze z
                     WHERE z.registration_id = r.registration_id AND z.sequence <= $3
                     ORDER BY z.sequence DESC
                     LIMIT 1) f ON true
              LEFT JOIN LATERAL (
                    SELECT count(*)::integer AS waivers,
                           coalesce(max(waiver.sequence) FILTER (WHERE consequence = 'to-the-end'), 0) AS deferred
                      FROM waitinglist.waiver
                     WHERE waiver.registration_id = r.registration_id AND waiver.sequence <= $3) w ON true
              LEFT JOIN LATERAL (
                    SELECT policy_digest
                      FROM waitinglist.rules
                     WHERE rules.city_code = $1 AND rules.programme = $2 AND rules.sequence <= $3
                       AND rules.up_to >= r.sequence
                     ORDER BY rules.sequence DESC
                     LIMIT 1) u ON true
             WHERE r.city_code = $1
               AND r.programme = $2
               AND r.sequence <= $3
               AND x.exit_type IS NULL
            """;

    private static final String WAITING = HOUSEHOLDS + """
               AND r.sequence > $4
             ORDER BY r.sequence
             LIMIT $5
            """;

    /** Households that are on the list by the facts up to {@code version}, page by page after {@code after}. */
    Future<List<Sealed>> waiting(Sql sql, ListKey list, long version, long after, int limit) {
        return sql.list(WAITING, HouseholdStore::sealed, list.cityCode(), list.programme(), version, after, limit);
    }

    private static final String IS_WAITING = """
            SELECT 1
              FROM waitinglist.registration r
             WHERE r.city_code = $1
               AND r.programme = $2
               AND (r.application_id = ANY ($3::uuid[]) OR r.registration_id = ANY ($3::uuid[]))
               AND NOT EXISTS (SELECT FROM waitinglist.exit x WHERE x.registration_id = r.registration_id)
             LIMIT 1
            """;

    /** Whether one of these households, by application or registration, is on the list. */
    Future<Boolean> isWaiting(Sql sql, ListKey list, List<UUID> holders) {
        return sql.find(IS_WAITING, row -> true, list.cityCode(), list.programme(), holders.toArray(UUID[]::new))
                .map(Optional::isPresent);
    }

    private static final String AMONG = HOUSEHOLDS + """
               AND r.sequence = ANY($4)
             ORDER BY r.sequence
            """;

    /** Those of these numbers that are on the list by the facts up to {@code version}. */
    Future<List<Sealed>> among(Sql sql, ListKey list, long version, List<Long> numbers) {
        return sql.list(
                AMONG,
                HouseholdStore::sealed,
                list.cityCode(),
                list.programme(),
                version,
                numbers.toArray(Long[]::new));
    }

    private static final String LAST_DIGEST = """
            SELECT r.policy_digest
              FROM waitinglist.registration r
              LEFT JOIN waitinglist.exit x ON x.registration_id = r.registration_id AND x.sequence <= $3
             WHERE r.city_code = $1
               AND r.programme = $2
               AND r.sequence <= $3
               AND x.registration_id IS NULL
             ORDER BY r.sequence DESC
             LIMIT 1
            """;

    /** The policy of the household that entered last of those on the list by the facts up to {@code version}. */
    Future<Optional<String>> lastDigest(Sql sql, ListKey list, long version) {
        return sql.find(LAST_DIGEST, row -> row.getString(0), list.cityCode(), list.programme(), version);
    }

    private static Sealed sealed(Row row) {
        return new Sealed(
                row.getUUID("registration_id"),
                row.getLong("sequence"),
                row.getString("area_code"),
                row.getOffsetDateTime("applied_at").toInstant(),
                row.getOffsetDateTime("registered_at").toInstant(),
                row.getString("receipt_number"),
                row.getString("masked_name"),
                row.getString("policy_digest"),
                row.getBuffer("facts_sealed").getBytes(),
                row.getUUID("inputs_id"),
                row.getInteger("waivers"),
                new Member.Later(
                        Objects.requireNonNullElse(row.getLong("inputs"), 0L),
                        row.getBoolean("frozen"),
                        row.getLong("deferred")));
    }

    private static final String WAITING_COUNT = """
            SELECT l.version,
                   (SELECT count(*)
                      FROM waitinglist.registration r
                      LEFT JOIN waitinglist.exit x ON x.registration_id = r.registration_id AND x.sequence <= l.version
                     WHERE r.city_code = l.city_code
                       AND r.programme = l.programme
                       AND r.sequence <= l.version
                       AND x.registration_id IS NULL)::integer AS households
              FROM waitinglist.list l
             WHERE l.city_code = $1 AND l.programme = $2
            """;

    /** How many households {@link #waiting} gives by the facts until now; none for a list that nobody was ever on. */
    Future<SimulationCases.Extent> extent(Sql sql, ListKey list) {
        return sql.find(
                        WAITING_COUNT,
                        row -> new SimulationCases.Extent(row.getLong("version"), row.getInteger("households")),
                        list.cityCode(),
                        list.programme())
                .map(found -> found.orElse(new SimulationCases.Extent(0, 0)));
    }

    /** Opens the facts; CPU work for worker code. */
    HouseholdFacts open(Sealed sealed) {
        var inputsId = sealed.inputsId();
        return FactStore.open(vault, sealed.registrationId(), inputsId, sealed.facts(), sealed.waivers());
    }
}
