package io.anju.arrears;

import static io.anju.arrears.ArrearsCase.id;
import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Rows of late fees that are given up, or that somebody proposed to. */
final class WaiverStore {
    static {
        SqlErrors.constraint("waiver_waits_alone", ArrearsProblem.LATE_FEE_WAIVER_WAITS);
    }

    enum State {
        PROPOSED,
        APPROVED,
        REFUSED
    }

    /** @param billId the bill of the fee */
    record Waiver(
            UUID id,
            UUID billId,
            UUID leaseId,
            String cityCode,
            long amountFen,
            String reason,
            State state,
            UUID proposedBy,
            Instant proposedAt) {}

    private static final String INSERT = """
            INSERT INTO arrears.waiver (waiver_id, bill_id, lease_id, city_code, amount_fen, reason, proposed_by, proposed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    Future<Void> insert(Tx tx, Waiver waiver) {
        return tx.execute(
                        INSERT,
                        waiver.id(),
                        waiver.billId(),
                        waiver.leaseId(),
                        waiver.cityCode(),
                        waiver.amountFen(),
                        waiver.reason(),
                        waiver.proposedBy(),
                        at(waiver.proposedAt()))
                .mapEmpty();
    }

    private static final String LOCK = """
            SELECT waiver_id, bill_id, lease_id, city_code, amount_fen, reason, state, proposed_by, proposed_at
              FROM arrears.waiver
             WHERE waiver_id = $1
               FOR UPDATE
            """;

    Future<Optional<Waiver>> lock(Tx tx, UUID waiverId) {
        return tx.find(
                LOCK,
                row -> new Waiver(
                        row.getUUID("waiver_id"),
                        row.getUUID("bill_id"),
                        row.getUUID("lease_id"),
                        row.getString("city_code"),
                        row.getLong("amount_fen"),
                        row.getString("reason"),
                        ArrearsCase.of(State.class, row.getString("state")),
                        row.getUUID("proposed_by"),
                        instant(row, "proposed_at")),
                waiverId);
    }

    private static final String DECIDE = """
            UPDATE arrears.waiver
               SET state = $2, decided_by = $3, decided_at = $4, decision = $5
             WHERE waiver_id = $1 AND state = 'proposed'
            """;

    Future<Void> decide(Tx tx, UUID waiverId, State state, UUID by, Instant now, String reason) {
        return tx.execute(DECIDE, waiverId, id(state), by, at(now), reason).mapEmpty();
    }
}
