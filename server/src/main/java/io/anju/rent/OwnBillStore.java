package io.anju.rent;

import io.anju.lease.Tenancy;
import io.anju.platform.db.Sql;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows of bills as their debtors read them. */
final class OwnBillStore {
    /**
     * A bill is whose days it begins on: what was issued over a change of tenants is issued anew from the change on. A late
     * fee is owed by whoever owed the bill that was paid late.
     */
    static final String OWN = """
            b.lease_id = ANY ($1::uuid[])
               AND EXISTS (
                       SELECT
                         FROM unnest($1::uuid[], $2::date[], $3::date[]) AS own (lease_id, from_date, until)
                        WHERE own.lease_id = b.lease_id AND
            """ + BillStore.OWNED_ON + """
                    >= own.from_date AND (own.until IS NULL OR
            """ + BillStore.OWNED_ON + """
                    < own.until))
            """;

    /** The values of {@link #OWN}. */
    static Object[] values(List<Tenancy> own) {
        return new Object[] {
            own.stream().map(Tenancy::leaseId).toArray(UUID[]::new),
            own.stream().map(Tenancy::from).toArray(LocalDate[]::new),
            own.stream().map(Tenancy::until).toArray(LocalDate[]::new)
        };
    }

    private static final String LIST = BillStore.SELECT + """
             WHERE
            """ + OWN + """
               AND (NOT $4::boolean OR
            """ + BillStore.DUE + """
                    > 0)
               AND ($5::uuid IS NULL OR b.bill_id < $5)
             ORDER BY b.bill_id DESC
             LIMIT $6
            """;

    /** Bills of days that are somebody's own, the newest first. */
    Future<List<Bill>> list(Sql sql, List<Tenancy> own, boolean onlyDue, @Nullable UUID before, int limit) {
        var values = Stream.concat(Arrays.stream(values(own)), Stream.of(onlyDue, before, limit));
        return sql.list(LIST, BillStore::bill, values.toArray());
    }

    private static final String OF_LEASE = BillStore.SELECT + " WHERE b.lease_id = $1";

    /** All of a lease, whosever they are. */
    Future<List<Bill>> ofLease(Sql sql, UUID leaseId) {
        return sql.list(OF_LEASE, BillStore::bill, leaseId);
    }

    /**
     * What settled a bill; below zero where it was given back.
     *
     * @param orderId null where no order paid
     */
    record Settled(UUID billId, long fen, @Nullable UUID orderId) {}

    private static final String SETTLED = """
            SELECT al.bill_id, al.amount_fen, al.order_id
              FROM rent.allocation al
              JOIN rent.bill b USING (bill_id)
             WHERE b.lease_id = $1 AND NOT (al.source = 'credit' AND al.amount_fen < 0)
             ORDER BY al.allocation_id
            """;

    /** What settled the bills of a lease, in its order; without what credit notes made credit of. */
    Future<List<Settled>> settled(Sql sql, UUID leaseId) {
        return sql.list(
                SETTLED,
                row -> new Settled(row.getUUID("bill_id"), row.getLong("amount_fen"), row.getUUID("order_id")),
                leaseId);
    }
}
