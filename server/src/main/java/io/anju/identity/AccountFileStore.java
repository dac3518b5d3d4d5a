package io.anju.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Columns;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** What the account's own tables hold, for their owner. */
final class AccountFileStore {
    private static final String ACCOUNT = """
            SELECT id AS "residentId", created_at AS "createdAt", bound_at AS "boundAt"
              FROM identity.resident
             WHERE id = $1
            """;

    private static final String METHODS = """
            SELECT id AS "methodId", kind, created_at AS "createdAt", sealed_value
              FROM identity.log_in_method
             WHERE resident_id = $1
             ORDER BY id
             LIMIT 100
            """;

    private static final String SESSIONS = """
            SELECT s.id AS "sessionId", s.device, s.log_in_kind AS "logInMethod", s.started_at AS "startedAt",
                   s.expires_at AS "expiresAt", s.ended_at AS "endedAt", s.end_reason AS "endReason",
                   (SELECT count(*)::integer FROM identity.refresh_token t WHERE t.session_id = s.id) AS refreshes
              FROM identity.session s
             WHERE s.audience = 'resident' AND s.subject_id = $1
             ORDER BY s.id
             LIMIT 5000
            """;

    private final Vault vault;

    AccountFileStore(Vault vault) {
        this.vault = vault;
    }

    Future<List<ObjectNode>> account(Sql sql, Resident owner) {
        return HeldRows.list(
                sql,
                ACCOUNT,
                (row, node) -> {
                    var person = owner.person();
                    if (person != null) {
                        node.put("realName", person.name())
                                .put("nationalId", person.nationalId().value());
                    }
                },
                owner.id());
    }

    Future<List<ObjectNode>> logInMethods(Sql sql, UUID residentId) {
        return HeldRows.list(
                sql,
                METHODS,
                (row, node) -> node.put(
                        "value",
                        vault.openText(
                                AccountStore.METHOD,
                                AccountStore.VALUE,
                                row.getUUID("methodId"),
                                Columns.bytes(row, AccountStore.VALUE))),
                residentId);
    }

    Future<List<ObjectNode>> sessions(Sql sql, UUID residentId) {
        return HeldRows.list(sql, SESSIONS, residentId);
    }
}
