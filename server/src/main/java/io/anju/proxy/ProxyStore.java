package io.anju.proxy;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;
import static io.anju.platform.db.Columns.findInstant;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Office;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code proxy.mandate}. */
final class ProxyStore {
    private static final String TABLE = "proxy.mandate";
    private static final String REASON = "reason_sealed";
    private static final String CODE_PURPOSE = "proxy.code";

    private static final String MANDATE = """
            SELECT id, represented_id, proxy_id, kind, groups, state, masked_represented_name, masked_proxy_name,
                   appointed_at, expires_on, ended_at, city_code, area_code, recorded_by, reason_sealed, evidence_number
              FROM proxy.mandate
            """;

    private static final String INSERT = """
            INSERT INTO proxy.mandate
                   (id, represented_id, proxy_id, kind, groups, state, masked_represented_name, masked_proxy_name,
                    appointed_at, expires_on, code_mac, code_expires_at, city_code, area_code, recorded_by,
                    reason_sealed, evidence_number)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
            """;

    private static final String LOCK = MANDATE + " WHERE id = $1 FOR UPDATE";

    private static final String FIND_OFFER = MANDATE + """
             WHERE code_mac = $1 AND state = 'offered' AND code_expires_at > $2
            """;

    private static final String LIST_OF_REPRESENTED = MANDATE + """
             WHERE represented_id = $1 AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3
            """;

    private static final String LIST_OF_PROXY = MANDATE + """
             WHERE proxy_id = $1 AND state IN ('active', 'ended') AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3
            """;

    private static final String OF_AREA = """
             WHERE city_code = $1 AND starts_with(area_code, $2)
            """;

    private static final String LIST_OF_AREA = MANDATE + OF_AREA + """
               AND ($3::text IS NULL OR state = $3)
               AND ($4::uuid IS NULL OR id < $4)
             ORDER BY id DESC
             LIMIT $5
            """;

    private static final String LOCK_OF_AREA = MANDATE + OF_AREA + """
               AND id = $3
               FOR UPDATE
            """;

    /** Offers that nobody took in time, and mandates whose last day has passed, count no more. */
    private static final String COUNT_OF_REPRESENTED = """
            SELECT count(*)::integer AS there
              FROM proxy.mandate
             WHERE represented_id = $1 AND expires_on >= $2
               AND (state IN ('proposed', 'active') OR (state = 'offered' AND code_expires_at > $3))
            """;

    private static final String COUNT_OF_PROXY = """
            SELECT count(*)::integer AS there
              FROM proxy.mandate
             WHERE proxy_id = $1 AND kind = $2 AND expires_on >= $3 AND state IN ('proposed', 'active')
            """;

    private static final String WORKS_ELSEWHERE = """
            SELECT 1
              FROM proxy.mandate
             WHERE proxy_id = $1 AND kind = 'community-worker' AND expires_on >= $3 AND state IN ('proposed', 'active')
               AND area_code <> $2
             LIMIT 1
            """;

    private static final String ACCEPT = """
            UPDATE proxy.mandate
               SET state = 'active', proxy_id = $2, masked_proxy_name = $3, code_mac = NULL, code_expires_at = NULL
             WHERE id = $1 AND state = 'offered'
            """;

    private static final String DECIDE = """
            UPDATE proxy.mandate
               SET state = $2, decided_by = $3, reason_sealed = $4, ended_at = $5
             WHERE id = $1 AND state = 'proposed'
            """;

    private static final String END = """
            UPDATE proxy.mandate
               SET state = 'ended', ended_at = $2, code_mac = NULL, code_expires_at = NULL,
                   reason_sealed = coalesce($3, reason_sealed)
             WHERE id = $1 AND state <> 'ended'
            """;

    private static final String END_ALL_OF = """
            UPDATE proxy.mandate
               SET state = 'ended', ended_at = $2, code_mac = NULL, code_expires_at = NULL
             WHERE (represented_id = $1 OR proxy_id = $1) AND state <> 'ended'
            """;

    static {
        SqlErrors.constraint("mandate_decided_once", ProxyProblem.PROXY_DECIDED);
        SqlErrors.constraint("mandate_needs_a_second_person", ProxyProblem.PROXY_NEEDS_A_SECOND_PERSON);
    }

    private final Vault vault;

    ProxyStore(Vault vault) {
        this.vault = vault;
    }

    /** A code that is handed over, and until when it is good. */
    record Offer(String code, Instant expiresAt) {
        @Override
        public String toString() {
            return "Offer";
        }
    }

    Future<Void> insert(Tx tx, Mandate mandate, @Nullable Offer offer) {
        var recorded = mandate.recorded();
        return tx.execute(
                        INSERT,
                        mandate.id(),
                        mandate.representedId(),
                        mandate.proxyId(),
                        mandate.kind().id(),
                        mandate.groups().toArray(String[]::new),
                        mandate.state().id(),
                        mandate.maskedRepresentedName(),
                        mandate.maskedProxyName(),
                        at(mandate.appointedAt()),
                        mandate.expiresOn(),
                        offer == null ? null : mac(offer.code()),
                        offer == null ? null : at(offer.expiresAt()),
                        recorded == null ? null : recorded.cityCode(),
                        recorded == null ? null : recorded.areaCode(),
                        recorded == null ? null : recorded.by(),
                        recorded == null ? null : sealReason(mandate.id(), recorded.reason()),
                        recorded == null ? null : recorded.evidenceNumber())
                .mapEmpty();
    }

    Future<Optional<Mandate>> lock(Tx tx, UUID id) {
        return tx.find(LOCK, this::mandate, id);
    }

    Future<Optional<Mandate>> lockOfArea(Tx tx, Office office, UUID id) {
        return tx.find(LOCK_OF_AREA, this::mandate, office.cityCode(), office.areaCode(), id);
    }

    Future<Optional<Mandate>> findOffer(Tx tx, String code, Instant now) {
        return tx.find(FIND_OFFER, this::mandate, mac(code), at(now));
    }

    Future<List<Mandate>> listOfRepresented(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(LIST_OF_REPRESENTED, this::mandate, residentId, before, limit);
    }

    Future<List<Mandate>> listOfProxy(Sql sql, UUID residentId, @Nullable UUID before, int limit) {
        return sql.list(LIST_OF_PROXY, this::mandate, residentId, before, limit);
    }

    Future<List<Mandate>> listOfArea(
            Sql sql, Office office, Mandate.@Nullable State state, @Nullable UUID before, int limit) {
        var wanted = state == null ? null : state.id();
        return sql.list(LIST_OF_AREA, this::mandate, office.cityCode(), office.areaCode(), wanted, before, limit);
    }

    Future<Integer> countOfRepresented(Tx tx, UUID residentId, LocalDate today, Instant now) {
        return tx.find(COUNT_OF_REPRESENTED, row -> row.getInteger("there"), residentId, today, at(now))
                .map(Optional::orElseThrow);
    }

    Future<Integer> countOfProxy(Tx tx, UUID proxyId, Mandate.Kind kind, LocalDate today) {
        return tx.find(COUNT_OF_PROXY, row -> row.getInteger("there"), proxyId, kind.id(), today)
                .map(Optional::orElseThrow);
    }

    Future<Boolean> worksElsewhere(Tx tx, UUID proxyId, String areaCode, LocalDate today) {
        return tx.find(WORKS_ELSEWHERE, row -> true, proxyId, areaCode, today).map(Optional::isPresent);
    }

    /** Gives whether the offer was still there to be taken. */
    Future<Boolean> accept(Tx tx, UUID id, UUID proxyId, String maskedName) {
        return tx.execute(ACCEPT, id, proxyId, maskedName).map(rows -> rows > 0);
    }

    /** Gives whether it was still to be decided. */
    Future<Boolean> decide(Tx tx, UUID id, boolean approved, UUID by, String reason, Instant now) {
        var state = approved ? Mandate.State.ACTIVE : Mandate.State.ENDED;
        return tx.execute(DECIDE, id, state.id(), by, sealReason(id, reason), approved ? null : at(now))
                .map(rows -> rows > 0);
    }

    /** Gives whether it was not over before. */
    Future<Boolean> end(Tx tx, UUID id, @Nullable String reason, Instant now) {
        return tx.execute(END, id, at(now), reason == null ? null : sealReason(id, reason))
                .map(rows -> rows > 0);
    }

    Future<Void> endAllOf(Tx tx, UUID residentId, Instant now) {
        return tx.execute(END_ALL_OF, residentId, at(now)).mapEmpty();
    }

    private Buffer mac(String code) {
        return bytes(vault.blindIndex(CODE_PURPOSE, ProxyCode.normalised(code)));
    }

    private Buffer sealReason(UUID id, String reason) {
        return bytes(vault.sealText(TABLE, REASON, id, reason));
    }

    private Mandate mandate(Row row) {
        return new Mandate(
                row.getUUID("id"),
                row.getUUID("represented_id"),
                row.getUUID("proxy_id"),
                Mandate.Kind.of(row.getString("kind")),
                List.of(row.getArrayOfStrings("groups")),
                Mandate.State.of(row.getString("state")),
                row.getString("masked_represented_name"),
                row.getString("masked_proxy_name"),
                instant(row, "appointed_at"),
                row.getLocalDate("expires_on"),
                findInstant(row, "ended_at").orElse(null),
                recorded(row));
    }

    private Mandate.@Nullable Recorded recorded(Row row) {
        var by = row.getUUID("recorded_by");
        if (by == null) {
            return null;
        }
        var reason = findBytes(row, REASON).orElseThrow();
        return new Mandate.Recorded(
                by,
                row.getString("city_code"),
                row.getString("area_code"),
                vault.openText(TABLE, REASON, row.getUUID("id"), reason),
                row.getString("evidence_number"));
    }
}
