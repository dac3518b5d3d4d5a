package io.anju.waitinglist;

import io.anju.platform.db.Tx;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;

/** Whose accounts the households of registers that were taken over belong to. A tie is never changed. */
final class AccountTieStore {
    private static final String TIE = """
            INSERT INTO waitinglist.household_account (registration_id, resident_id, tied_at)
            SELECT registration_id, $2, $3
              FROM waitinglist.imported_household
             WHERE applicant_index = $1
            ON CONFLICT (registration_id) DO NOTHING
            RETURNING registration_id
            """;

    /** Ties all households whose applicant this person is and that are tied to nobody; gives which. */
    Future<List<UUID>> tie(Tx tx, byte[] person, UUID residentId, Instant now) {
        return tx.list(TIE, row -> row.getUUID(0), Buffer.buffer(person), residentId, now.atOffset(ZoneOffset.UTC));
    }

    private static final String TIE_LOOSE = """
            INSERT INTO waitinglist.household_account (registration_id, resident_id, tied_at)
            SELECT h.registration_id, p.resident_id, $1
              FROM waitinglist.imported_household h
              JOIN identity.account_of_person p ON p.person_index = h.applicant_index
              LEFT JOIN waitinglist.household_account a ON a.registration_id = h.registration_id
             WHERE a.registration_id IS NULL
             LIMIT $2
            ON CONFLICT (registration_id) DO NOTHING
            RETURNING registration_id
            """;

    /** Ties households whose applicants had an account before they were taken over; gives which. */
    Future<List<UUID>> tieLoose(Tx tx, int most, Instant now) {
        return tx.run("SET LOCAL statement_timeout = '5min'")
                .compose(allowed -> tx.list(TIE_LOOSE, row -> row.getUUID(0), now.atOffset(ZoneOffset.UTC), most));
    }
}
