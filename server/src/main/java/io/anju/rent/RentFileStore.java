package io.anju.rent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.lease.Tenancy;
import io.anju.platform.db.HeldRows;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Bills as those who owe them may take them along. */
final class RentFileStore {
    private static final String BILLS = """
            SELECT b.bill_id AS "billId", a.lease_number AS "leaseNumber", b.charge, b.from_date AS "from",
                   b.to_date AS "to", b.due_on AS "dueOn", b.amount_fen AS "amountFen", b.subsidy_fen AS "subsidyFen",
                   b.paid_fen AS "paidFen", b.credited_fen AS "creditedFen", b.written_off_fen AS "writtenOffFen",
                   b.issued_at AS "issuedAt"
              FROM rent.bill b
              JOIN rent.account a USING (lease_id)
             WHERE
            """ + OwnBillStore.OWN + " ORDER BY b.bill_id LIMIT 10000";

    private static final String HAS_DUE = """
            SELECT 1 FROM rent.bill b WHERE b.lease_id = ANY ($1::uuid[]) AND
            """ + BillStore.DUE + " > 0 LIMIT 1";

    private static final String HAS_CREDIT =
            "SELECT 1 FROM rent.account WHERE lease_id = ANY ($1::uuid[]) AND credit_fen > 0 LIMIT 1";

    Future<List<ObjectNode>> bills(Sql sql, List<Tenancy> own) {
        return HeldRows.list(sql, BILLS, OwnBillStore.values(own));
    }

    Future<Boolean> hasDue(Sql sql, List<UUID> leases) {
        return has(sql, HAS_DUE, leases);
    }

    Future<Boolean> hasCredit(Sql sql, List<UUID> leases) {
        return has(sql, HAS_CREDIT, leases);
    }

    private static Future<Boolean> has(Sql sql, String query, List<UUID> leases) {
        return sql.find(query, row -> true, (Object) leases.toArray(UUID[]::new))
                .map(Optional::isPresent);
    }
}
