package io.anju.testing;

import java.util.UUID;

/** What arrears lead to only after months, made at once for tests that need one to point at. */
public final class Late {
    private static final String PROPOSE = """
            INSERT INTO arrears.proposal
                   (proposal_id, case_id, lease_id, city_code, kind, proposed_on, text_zh, text_en)
            SELECT $2, case_id, lease_id, city_code, 'court-file', opened_on, '拟提起诉讼', 'A court file is proposed'
              FROM arrears.arrears_case
             WHERE case_id = $1
            """;

    private static final String WAIVE = """
            INSERT INTO arrears.waiver (waiver_id, bill_id, lease_id, city_code, amount_fen, reason, proposed_by, proposed_at)
            SELECT $2, bill_id, lease_id, city_code, 1, '尾差', uuidv7(), issued_at
              FROM rent.bill
             WHERE lease_id = $1
             LIMIT 1
            """;

    private Late() {}

    /** A court file that is proposed in a case. */
    public static UUID proposal(Anju anju, String caseId) {
        return add(anju, PROPOSE, caseId);
    }

    /** A late fee of a lease that somebody proposed to waive. */
    public static UUID waiver(Anju anju, String leaseId) {
        return add(anju, WAIVE, leaseId);
    }

    private static UUID add(Anju anju, String statement, String of) {
        var id = UUID.randomUUID();
        var added = Anju.await(anju.db().execute(statement, UUID.fromString(of), id));
        if (added != 1) {
            throw new AssertionError("there is no " + of);
        }
        return id;
    }
}
