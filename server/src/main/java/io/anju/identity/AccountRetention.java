package io.anju.identity;

import io.anju.platform.jobs.Retained;
import java.util.List;

/** What this domain keeps for a time only. */
final class AccountRetention {
    private AccountRetention() {}

    static List<Retained> kinds() {
        return List.of(
                new Retained("sessions", AccountRetentionStore::countSessions, AccountRetentionStore::eraseSessions),
                new Retained("one-time-codes", AccountRetentionStore::countCodes, AccountRetentionStore::eraseCodes));
    }
}
