package io.anju.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.Domains;
import io.anju.platform.db.Db;

/**
 * Checks, after a test, every rule of the ledger on every row. What has not changed since the last time is not read
 * again: most tests move no money.
 */
public final class Books {
    private static final String STATE = """
            SELECT (SELECT coalesce(max(number), 0) FROM ledger.posting) || '/'
                || (SELECT coalesce(sum(version), 0) FROM payment.payment) || '/'
                || (SELECT coalesce(sum(version), 0) FROM payment.refund) AS state
            """;

    private String checked = "0/0/0";

    /** Fails with the rules that are broken. */
    public void check(Db db) {
        var state = Anju.await(db.find(STATE, row -> row.getString("state"))).orElseThrow();
        if (!state.equals(checked)) {
            assertThat(Anju.await(Domains.ledgerAudit().run(db)).broken()).isEmpty();
            checked = state;
        }
    }
}
