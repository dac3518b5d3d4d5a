package io.anju.waitinglist;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.policy.HouseholdFacts;
import io.anju.waitinglist.Registration.FreezeType;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of what happens between registration and exit; added, and never changed. */
final class FactStore {
    private static final String INPUTS_TABLE = "waitinglist.inputs";

    static {
        SqlErrors.constraint("waiver_once_per_offer", WaitingListProblem.WAIVER_RECORDED);
    }

    private final Vault vault;

    FactStore(Vault vault) {
        this.vault = vault;
    }

    /** Who writes a fact down, when, and why. */
    record Entry(Registration registration, Reason reason, Caller caller, Instant now) {
        private ListKey list() {
            return registration.list();
        }

        private @Nullable String office() {
            var office = caller.office();
            return office == null ? null : office.name();
        }
    }

    /**
     * What a household is scored by, up to some fact of its list.
     *
     * @param recorded as they were written down, without the refusals on this list
     */
    record Inputs(HouseholdFacts recorded, int waivers, String policyDigest) {
        HouseholdFacts facts() {
            return counting(recorded, waivers);
        }
    }

    private static final String LOCK = """
            SELECT version
              FROM waitinglist.list
             WHERE city_code = $1 AND programme = $2
               FOR UPDATE
            """;

    /** Until the transaction ends nobody else adds a fact to this list; what is read afterwards stays true. */
    Future<Void> lockList(Tx tx, ListKey list) {
        return tx.run(LOCK, list.cityCode(), list.programme()).mapEmpty();
    }

    private static final String NEXT = """
            WITH fact AS (
                UPDATE waitinglist.list
                   SET version = version + 1
                 WHERE city_code = $2 AND programme = $3
                RETURNING version
            )
            """;

    private static final String INSERT_FREEZE = NEXT + """
            INSERT INTO waitinglist.freeze
                   (registration_id, city_code, programme, sequence, freeze_type, from_date, reason_sealed, recorded_at,
                    recorded_by, office)
            SELECT $1, $2, $3, fact.version, $4, $5, $6, $7, $8, $9
              FROM fact
            """;

    /** @param type null for the end of a freeze */
    Future<Void> insertFreeze(Tx tx, Entry entry, @Nullable FreezeType type, LocalDate from) {
        return tx.execute(
                        INSERT_FREEZE,
                        entry.registration().id(),
                        entry.list().cityCode(),
                        entry.list().programme(),
                        type == null ? null : type.id(),
                        from,
                        sealReason("waitinglist.freeze", entry),
                        entry.now().atOffset(ZoneOffset.UTC),
                        entry.caller().id(),
                        entry.office())
                .mapEmpty();
    }

    private static final String INSERT_WAIVER = NEXT + """
            INSERT INTO waitinglist.waiver
                   (registration_id, city_code, programme, sequence, offer_number, waived_on, consequence, barred_until,
                    reason_sealed, recorded_at, recorded_by, office)
            SELECT $1, $2, $3, fact.version, $4, $5, $6, $7, $8, $9, $10, $11
              FROM fact
            """;

    Future<Void> insertWaiver(Tx tx, Entry entry, Waiver waiver) {
        return tx.execute(
                        INSERT_WAIVER,
                        entry.registration().id(),
                        entry.list().cityCode(),
                        entry.list().programme(),
                        waiver.offerNumber(),
                        waiver.waivedOn(),
                        waiver.consequence().id(),
                        waiver.barredUntil(),
                        sealReason("waitinglist.waiver", entry),
                        entry.now().atOffset(ZoneOffset.UTC),
                        entry.caller().id(),
                        entry.office())
                .mapEmpty();
    }

    private static final String INSERT_INPUTS = NEXT + """
            INSERT INTO waitinglist.inputs
                   (registration_id, city_code, programme, sequence, inputs_id, effective_on, area_code, household_size,
                    category, facts_sealed, reason_sealed, recorded_at, recorded_by, office)
            SELECT $1, $2, $3, fact.version, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
              FROM fact
            """;

    Future<Void> insertInputs(Tx tx, Entry entry, LifeChange.Result result, LocalDate effectiveOn) {
        var id = Ids.next(entry.now());
        return tx.execute(
                        INSERT_INPUTS,
                        entry.registration().id(),
                        entry.list().cityCode(),
                        entry.list().programme(),
                        id,
                        effectiveOn,
                        result.areaCode(),
                        result.facts().members().size(),
                        result.category(),
                        Buffer.buffer(vault.sealJson(INPUTS_TABLE, "facts_sealed", id, result.facts())),
                        sealReason(INPUTS_TABLE, entry),
                        entry.now().atOffset(ZoneOffset.UTC),
                        entry.caller().id(),
                        entry.office())
                .mapEmpty();
    }

    private Buffer sealReason(String table, Entry entry) {
        return Buffer.buffer(
                vault.sealJson(table, "reason_sealed", entry.registration().id(), entry.reason()));
    }

    private static final String INPUTS = """
            SELECT coalesce(u.policy_digest, r.policy_digest) AS policy_digest,
                   coalesce(i.facts_sealed, r.facts_sealed) AS facts_sealed, i.inputs_id,
                   (SELECT count(*)
                      FROM waitinglist.waiver w
                     WHERE w.registration_id = r.registration_id AND w.sequence <= $2)::integer AS waivers
              FROM waitinglist.registration r
              LEFT JOIN LATERAL (
                    SELECT inputs_id, facts_sealed
                      FROM waitinglist.inputs
                     WHERE inputs.registration_id = r.registration_id AND inputs.sequence <= $2
                     ORDER BY inputs.sequence DESC
                     LIMIT 1) i ON true
              LEFT JOIN LATERAL (
                    SELECT policy_digest
                      FROM waitinglist.rules
                     WHERE rules.city_code = r.city_code AND rules.programme = r.programme AND rules.sequence <= $2
                       AND rules.up_to >= r.sequence
                     ORDER BY rules.sequence DESC
                     LIMIT 1) u ON true
             WHERE r.registration_id = $1
            """;

    /** What the household was scored by when the list had so many facts; {@link Long#MAX_VALUE} for now. */
    Future<Inputs> inputs(Sql sql, UUID registrationId, long version) {
        return sql.find(INPUTS, row -> inputs(registrationId, row), registrationId, version)
                .map(Optional::orElseThrow);
    }

    private Inputs inputs(UUID registrationId, Row row) {
        var facts = open(
                vault,
                registrationId,
                row.getUUID("inputs_id"),
                row.getBuffer("facts_sealed").getBytes(),
                0);
        return new Inputs(facts, row.getInteger("waivers"), row.getString("policy_digest"));
    }

    /** Opens facts of a registration, or of its newer inputs where an id of such is given. */
    static HouseholdFacts open(Vault vault, UUID registrationId, @Nullable UUID inputsId, byte[] facts, int waivers) {
        var opened = inputsId == null
                ? vault.openJson(WaitingListStore.TABLE, "facts_sealed", registrationId, facts, HouseholdFacts.class)
                : vault.openJson(INPUTS_TABLE, "facts_sealed", inputsId, facts, HouseholdFacts.class);
        return counting(opened, waivers);
    }

    private static HouseholdFacts counting(HouseholdFacts facts, int waivers) {
        return waivers == 0 ? facts : facts.onFile(facts.onFile().moreWaivers(waivers));
    }
}
