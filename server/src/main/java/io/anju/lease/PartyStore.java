package io.anju.lease;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;

import io.anju.lease.LeaseFile.Basis;
import io.anju.lease.LeaseFile.Party;
import io.anju.lease.LeaseFile.Role;
import io.anju.lease.LeaseFile.Signer;
import io.anju.platform.crypto.Masking;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.policy.MoneyStep;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows about those who signed and what they pay: what is sealed of a lease. */
final class PartyStore {
    static {
        SqlErrors.constraint("party_signs_once", LeaseProblem.PERSON_SIGNED_ALREADY);
        SqlErrors.constraint("party_one_tenant_from_a_day", LeaseProblem.RECORDED_ALREADY);
    }

    private static final String TABLE = "lease.party";
    private static final String TERMS = "lease.terms";
    private static final String NAME = "sealed_name";
    private static final String NATIONAL_ID = "sealed_national_id";
    private static final String FACTS = "sealed_facts";
    private static final String TRACE = "sealed_trace";

    private final Vault vault;

    PartyStore(Vault vault) {
        this.vault = vault;
    }

    private static final String INSERT = """
            INSERT INTO lease.party
                   (party_id, lease_id, role, from_date, person_index, masked_name, sealed_name, sealed_national_id, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """;

    Future<Void> insert(
            Tx tx,
            UUID leaseId,
            Role role,
            Signer signer,
            Buffer personIndex,
            LocalDate from,
            @Nullable String reason,
            Instant now) {
        var id = Ids.next(now);
        return tx.execute(
                        INSERT,
                        id,
                        leaseId,
                        role.id(),
                        from,
                        personIndex,
                        Masking.name(signer.fullName()),
                        bytes(vault.sealText(TABLE, NAME, id, signer.fullName())),
                        bytes(vault.sealText(TABLE, NATIONAL_ID, id, signer.nationalId())),
                        reason)
                .mapEmpty();
    }

    private static final String PARTIES = """
            SELECT party_id, role, from_date, masked_name
              FROM lease.party_in_effect
             WHERE lease_id = $1
             ORDER BY from_date, party_id
            """;

    Future<List<Party>> parties(Sql sql, UUID leaseId) {
        return sql.list(
                PARTIES,
                row -> new Party(
                        row.getUUID("party_id"),
                        row.getString("role").equals(Role.TENANT.id()) ? Role.TENANT : Role.CO_TENANT,
                        row.getLocalDate("from_date"),
                        row.getString("masked_name")),
                leaseId);
    }

    /** Those who signed with a lease that follows another. */
    record Known(Signer signer, Buffer personIndex, Role role) {}

    private static final String SIGNERS = """
            SELECT DISTINCT ON (role, CASE WHEN role = 'tenant' THEN NULL ELSE party_id END)
                   party_id, role, person_index, sealed_name, sealed_national_id
              FROM lease.party_in_effect
             WHERE lease_id = $1
             ORDER BY role, CASE WHEN role = 'tenant' THEN NULL ELSE party_id END, from_date DESC
            """;

    /** The newest tenant and the co-tenants, opened to be sealed again under another lease. */
    Future<List<Known>> signers(Sql sql, UUID leaseId) {
        return sql.list(SIGNERS, this::known, leaseId);
    }

    private Known known(Row row) {
        var id = row.getUUID("party_id");
        return new Known(
                new Signer(
                        vault.openText(TABLE, NAME, id, row.getBuffer(NAME).getBytes()),
                        vault.openText(
                                TABLE,
                                NATIONAL_ID,
                                id,
                                row.getBuffer(NATIONAL_ID).getBytes())),
                row.getBuffer("person_index"),
                row.getString("role").equals(Role.TENANT.id()) ? Role.TENANT : Role.CO_TENANT);
    }

    private static final String IS_PARTY = """
            SELECT party_id
              FROM lease.party
             WHERE lease_id = $1 AND person_index = $2
             LIMIT 1
            """;

    Future<Boolean> isParty(Sql sql, UUID leaseId, byte[] personIndex) {
        return sql.find(IS_PARTY, row -> true, leaseId, bytes(personIndex)).map(Optional::isPresent);
    }

    private static final String RENTS_ON = """
            SELECT asked.place, (
                   SELECT t.monthly_rent_fen
                     FROM lease.terms t
                    WHERE t.lease_id = asked.lease_id AND t.from_date <= asked.day
                    ORDER BY t.number DESC
                    LIMIT 1) AS fen
              FROM unnest($1::uuid[], $2::date[]) WITH ORDINALITY AS asked (lease_id, day, place)
             ORDER BY asked.place
            """;

    /** The monthly rents that held on these days, in the order of the questions; 0 before the first day of a lease. */
    Future<List<Long>> rentsOn(Sql sql, List<UUID> leaseIds, List<LocalDate> days) {
        return sql.list(
                RENTS_ON,
                row -> row.getLong("fen") == null ? 0L : row.getLong("fen"),
                leaseIds.toArray(UUID[]::new),
                days.toArray(LocalDate[]::new));
    }

    private static final String INSERT_TERMS = """
            INSERT INTO lease.terms
                   (terms_id, lease_id, number, from_date, known_to, monthly_rent_fen, monthly_subsidy_fen, tier,
                    policy_digest, reason, sealed_facts, sealed_trace, recorded_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """;

    Future<Void> insertTerms(Tx tx, UUID leaseId, RentTerms terms, Basis basis, @Nullable String reason, Instant now) {
        var id = Ids.next(now);
        return tx.execute(
                        INSERT_TERMS,
                        id,
                        leaseId,
                        terms.number(),
                        terms.from(),
                        terms.knownTo(),
                        terms.rentFen(),
                        terms.subsidyFen(),
                        terms.tier(),
                        terms.policyDigest(),
                        reason,
                        bytes(vault.sealJson(TERMS, FACTS, id, basis)),
                        bytes(vault.sealJson(TERMS, TRACE, id, new Steps(terms.trace()))),
                        at(now))
                .mapEmpty();
    }

    /** A list is sealed as something that has a type. */
    private record Steps(List<MoneyStep> steps) {}

    private static final String TERMS_OF = """
            SELECT terms_id, number, from_date, known_to, monthly_rent_fen, monthly_subsidy_fen, tier, policy_digest,
                   sealed_trace
              FROM lease.terms
             WHERE lease_id = $1
             ORDER BY number
            """;

    Future<List<RentTerms>> terms(Sql sql, UUID leaseId) {
        return sql.list(
                TERMS_OF,
                row -> new RentTerms(
                        row.getInteger("number"),
                        row.getLocalDate("from_date"),
                        row.getLocalDate("known_to"),
                        row.getLong("monthly_rent_fen"),
                        row.getLong("monthly_subsidy_fen"),
                        row.getString("tier"),
                        row.getString("policy_digest"),
                        vault.openJson(
                                        TERMS,
                                        TRACE,
                                        row.getUUID("terms_id"),
                                        row.getBuffer(TRACE).getBytes(),
                                        Steps.class)
                                .steps()),
                leaseId);
    }

    private static final String BASIS = """
            SELECT terms_id, sealed_facts
              FROM lease.terms
             WHERE lease_id = $1 AND ($2::date IS NULL OR from_date < $2)
             ORDER BY number DESC
             LIMIT 1
            """;

    /**
     * The facts that the newest terms follow from.
     *
     * @param until of the terms that began before this day; null for all
     */
    Future<Basis> basis(Sql sql, UUID leaseId, @Nullable LocalDate until) {
        return sql.find(
                        BASIS,
                        row -> vault.openJson(
                                TERMS,
                                FACTS,
                                row.getUUID("terms_id"),
                                row.getBuffer(FACTS).getBytes(),
                                Basis.class),
                        leaseId,
                        until)
                .map(Optional::orElseThrow);
    }
}
