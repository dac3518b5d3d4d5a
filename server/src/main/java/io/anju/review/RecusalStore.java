package io.anju.review;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.bytes;
import static io.anju.platform.db.Columns.findBytes;
import static io.anju.platform.db.Columns.instant;

import io.anju.identity.NationalId;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code review.recusal}. */
final class RecusalStore {
    private static final String TABLE = "review.recusal";
    private static final String NATIONAL_ID = "sealed_national_id";

    private static final String COLUMNS = """
            SELECT id, ground, sealed_national_id, application_id, declared_at
              FROM review.recusal
            """;

    private static final String INSERT = """
            INSERT INTO review.recusal
                   (id, staff_id, person_index, sealed_national_id, application_id, ground, declared_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT ON CONSTRAINT recusal_declared_once DO NOTHING
            """;

    private static final String FIND = COLUMNS + """
             WHERE staff_id = $1
               AND person_index IS NOT DISTINCT FROM $2
               AND application_id IS NOT DISTINCT FROM $3
            """;

    private static final String LIST = COLUMNS + """
             WHERE staff_id = $1 AND ($2::uuid IS NULL OR id < $2)
             ORDER BY id DESC
             LIMIT $3
            """;

    private static final String LIST_AGAINST = """
            SELECT person_index
              FROM review.recusal
             WHERE staff_id = $1 AND (person_index IS NOT NULL OR application_id = $2)
            """;

    private final Vault vault;

    RecusalStore(Vault vault) {
        this.vault = vault;
    }

    /** What a declaration is about. */
    record About(
            byte @Nullable [] personIndex,
            @Nullable String nationalId,
            @Nullable UUID applicationId) {}

    /** Declares, unless the same was declared before; gives what stands. */
    Future<Recusal> declare(Tx tx, UUID staffId, About about, String ground, Instant now) {
        var id = Ids.next(now);
        var person = about.personIndex() == null ? null : bytes(about.personIndex());
        var sealed =
                about.nationalId() == null ? null : bytes(vault.sealText(TABLE, NATIONAL_ID, id, about.nationalId()));
        return tx.execute(INSERT, id, staffId, person, sealed, about.applicationId(), ground, at(now))
                .compose(inserted -> tx.find(FIND, this::recusal, staffId, person, about.applicationId()))
                .map(Optional::orElseThrow);
    }

    Future<List<Recusal>> list(Sql sql, UUID staffId, @Nullable UUID before, int limit) {
        return sql.list(LIST, this::recusal, staffId, before, limit);
    }

    /** The persons whom this member of staff has declared; one that is empty means this very case. */
    Future<List<Optional<byte[]>>> listAgainst(Sql sql, UUID staffId, @Nullable UUID applicationId) {
        return sql.list(LIST_AGAINST, row -> findBytes(row, "person_index"), staffId, applicationId);
    }

    private static final String LIST_CASES = """
            SELECT application_id FROM review.recusal WHERE staff_id = $1 AND application_id IS NOT NULL
            """;

    /** The cases that this member of staff has declared. */
    Future<List<UUID>> listCases(Sql sql, UUID staffId) {
        return sql.list(LIST_CASES, row -> row.getUUID("application_id"), staffId);
    }

    private Recusal recusal(Row row) {
        var id = row.getUUID("id");
        return new Recusal(
                id,
                row.getString("ground"),
                findBytes(row, NATIONAL_ID)
                        .map(kept -> NationalId.parse(vault.openText(TABLE, NATIONAL_ID, id, kept))
                                .masked())
                        .orElse(null),
                row.getUUID("application_id"),
                instant(row, "declared_at"));
    }
}
