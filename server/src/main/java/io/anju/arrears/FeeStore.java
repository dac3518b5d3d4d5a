package io.anju.arrears;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;

import io.anju.arrears.ArrearsCase.Fee;
import io.anju.lease.Tenancy;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.policy.Text;
import io.anju.rent.Debts.LateBill;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** Rows of bills that were late and of what was charged for it. */
final class FeeStore {
    private static final String WATCH = """
            INSERT INTO arrears.late_bill (bill_id, lease_id)
            SELECT *
              FROM unnest($1::uuid[], $2::uuid[])
            ON CONFLICT (bill_id) DO NOTHING
            """;

    /** Bills that were late at some time; those that are known already stay as they are. */
    Future<Void> watch(Tx tx, List<LateBill> late) {
        return tx.execute(
                        WATCH,
                        late.stream().map(LateBill::billId).toArray(UUID[]::new),
                        late.stream().map(LateBill::leaseId).toArray(UUID[]::new))
                .mapEmpty();
    }

    private static final String REOPEN = """
            UPDATE arrears.late_bill
               SET final_on = NULL
             WHERE bill_id = ANY ($1::uuid[]) AND final_on IS NOT NULL
            """;

    /** A payment went back, so the fee grows on. */
    Future<Void> reopen(Tx tx, List<UUID> bills) {
        return tx.execute(REOPEN, (Object) bills.toArray(UUID[]::new)).mapEmpty();
    }

    private static final String OPEN = """
            SELECT bill_id, lease_id
              FROM arrears.late_bill
             WHERE lease_id = ANY ($1::uuid[]) AND final_on IS NULL
             ORDER BY lease_id, bill_id
            """;

    Future<List<LateBill>> open(Sql sql, List<UUID> leases) {
        return sql.list(OPEN, row -> new LateBill(row.getUUID("bill_id"), row.getUUID("lease_id")), (Object)
                leases.toArray(UUID[]::new));
    }

    private static final String SETTLE = """
            UPDATE arrears.late_bill
               SET final_on = $2
             WHERE bill_id = ANY ($1::uuid[])
            """;

    Future<Void> settle(Tx tx, List<UUID> bills, LocalDate day) {
        return tx.execute(SETTLE, bills.toArray(UUID[]::new), day).mapEmpty();
    }

    private static final String CHARGED = """
            SELECT f.bill_id, l.lease_id, f.through, f.accrued_fen, f.cap_fen, f.charged_fen, f.fee_bill_id, f.text_zh,
                   f.text_en, f.recorded_at
              FROM arrears.late_fee f
              JOIN arrears.late_bill l USING (bill_id)
             WHERE f.bill_id = ANY ($1::uuid[])
             ORDER BY f.bill_id, f.through
            """;

    /** What was charged for these bills, in the order of the days. */
    Future<List<Fee>> charged(Sql sql, List<UUID> bills) {
        return sql.list(CHARGED, FeeStore::fee, (Object) bills.toArray(UUID[]::new));
    }

    private static final String OF_TENANCY = """
            SELECT f.bill_id, l.lease_id, f.through, f.accrued_fen, f.cap_fen, f.charged_fen, f.fee_bill_id, f.text_zh,
                   f.text_en, f.recorded_at
              FROM arrears.late_bill l
              JOIN arrears.late_fee f USING (bill_id)
              JOIN rent.bill b USING (bill_id)
             WHERE l.lease_id = $1 AND b.from_date >= $2 AND ($3::date IS NULL OR b.from_date < $3)
             ORDER BY f.through DESC, f.bill_id
             LIMIT 200
            """;

    /** What was charged for a tenant's bills, the newest first. */
    Future<List<Fee>> of(Sql sql, Tenancy tenancy) {
        return sql.list(OF_TENANCY, FeeStore::fee, tenancy.leaseId(), tenancy.from(), tenancy.until());
    }

    private static Fee fee(Row row) {
        return new Fee(
                row.getUUID("bill_id"),
                row.getUUID("lease_id"),
                row.getLocalDate("through"),
                row.getLong("accrued_fen"),
                row.getLong("cap_fen"),
                row.getLong("charged_fen"),
                row.getUUID("fee_bill_id"),
                new Text(row.getString("text_zh"), row.getString("text_en")),
                instant(row, "recorded_at"));
    }

    private static final String INSERT = """
            INSERT INTO arrears.late_fee
                   (bill_id, through, accrued_fen, cap_fen, charged_fen, fee_bill_id, text_zh, text_en, recorded_at)
            SELECT *, $9::timestamptz
              FROM unnest($1::uuid[], $2::date[], $3::bigint[], $4::bigint[], $5::bigint[], $6::uuid[], $7::text[],
                          $8::text[])
            """;

    Future<Void> insert(Tx tx, List<Fee> fees, Instant now) {
        return tx.execute(
                        INSERT,
                        fees.stream().map(Fee::billId).toArray(UUID[]::new),
                        fees.stream().map(Fee::through).toArray(LocalDate[]::new),
                        fees.stream().map(Fee::accruedFen).toArray(Long[]::new),
                        fees.stream().map(Fee::capFen).toArray(Long[]::new),
                        fees.stream().map(Fee::chargedFen).toArray(Long[]::new),
                        fees.stream().map(Fee::feeBillId).toArray(UUID[]::new),
                        fees.stream().map(fee -> fee.text().zh()).toArray(String[]::new),
                        fees.stream().map(fee -> fee.text().en()).toArray(String[]::new),
                        at(now))
                .mapEmpty();
    }
}
