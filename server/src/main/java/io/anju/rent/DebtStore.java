package io.anju.rent;

import static io.anju.platform.db.Columns.at;

import io.anju.lease.Tenancy;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Debts.Debt;
import io.anju.rent.Debts.Debtor;
import io.anju.rent.Debts.FeeOrder;
import io.anju.rent.Debts.Settled;
import io.anju.rent.Debts.Voided;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of bills as debts of rent; the conditions are those of the index {@code bill_owed}. */
final class DebtStore {
    private static final String OWED = """
            b.charge IN ('rent', 'after-end')
               AND b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                   - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                          THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END > 0
            """;

    private static final String OVERDUE_LEASES = """
            SELECT DISTINCT b.lease_id
              FROM rent.bill b
             WHERE b.lease_id > coalesce($1, '00000000-0000-0000-0000-000000000000'::uuid) AND b.due_on < $2
               AND
            """ + OWED + " ORDER BY b.lease_id LIMIT $3";

    Future<List<UUID>> overdueLeases(Sql sql, @Nullable UUID after, LocalDate today, int limit) {
        return sql.list(OVERDUE_LEASES, row -> row.getUUID("lease_id"), after, today, limit);
    }

    private static final String LOCK = """
            SELECT lease_id, lease_number, city_code, programme, credit_fen
              FROM rent.account
             WHERE lease_id = ANY ($1::uuid[])
             ORDER BY lease_id
               FOR UPDATE
            """;

    Future<List<Debtor>> lock(Tx tx, List<UUID> leases) {
        return tx.list(LOCK, DebtStore::debtor, (Object) leases.toArray(UUID[]::new));
    }

    private static Debtor debtor(Row row) {
        return new Debtor(
                row.getUUID("lease_id"),
                row.getString("lease_number"),
                row.getString("city_code"),
                row.getString("programme"),
                row.getLong("credit_fen"));
    }

    private static final String SELECT = """
            SELECT b.bill_id, b.lease_id, b.charge, b.from_date, b.to_date, b.due_on,
            """ + BillStore.OWNED_ON + """
                    AS owned_on,
                   b.amount_fen - b.credited_fen
                       - CASE b.subsidy_state WHEN 'void' THEN 0 ELSE b.subsidy_fen - b.subsidy_credited_fen END
                       AS own_fen,
                   b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                       - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                              THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END AS due_fen,
                   CASE b.subsidy_state WHEN 'pending' THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END
                       AS subsidy_fen,
                   b.subsidy_void_on, b.subsidy_fen - b.subsidy_credited_fen AS void_fen
              FROM rent.bill b
            """;

    private static final String OVERDUE = SELECT + """
             WHERE b.lease_id = ANY ($1::uuid[]) AND b.due_on < $2
               AND
            """ + OWED + " ORDER BY b.lease_id, b.due_on, b.bill_id";

    Future<List<Debt>> overdue(Sql sql, List<UUID> leases, LocalDate today) {
        return sql.list(OVERDUE, DebtStore::debt, leases.toArray(UUID[]::new), today);
    }

    private static final String OF_BILLS = SELECT + " WHERE b.bill_id = ANY ($1::uuid[]) ORDER BY b.due_on, b.bill_id";

    Future<List<Debt>> ofBills(Sql sql, List<UUID> bills) {
        return sql.list(OF_BILLS, DebtStore::debt, (Object) bills.toArray(UUID[]::new));
    }

    private static Debt debt(Row row) {
        var voidOn = row.getLocalDate("subsidy_void_on");
        return new Debt(
                row.getUUID("bill_id"),
                row.getUUID("lease_id"),
                Charge.of(row.getString("charge")),
                row.getLocalDate("from_date"),
                row.getLocalDate("to_date"),
                row.getLocalDate("due_on"),
                row.getLocalDate("owned_on"),
                row.getLong("own_fen"),
                row.getLong("due_fen"),
                row.getLong("subsidy_fen"),
                voidOn == null ? null : new Voided(voidOn, row.getLong("void_fen")));
    }

    private static final String PAID_LATE = """
            SELECT DISTINCT b.bill_id, b.lease_id
              FROM rent.allocation a
              JOIN rent.bill b USING (bill_id)
             WHERE a.at >= $1
               AND b.charge IN ('rent', 'after-end')
               AND b.due_on < (a.at AT TIME ZONE 'Asia/Shanghai')::date
             ORDER BY b.lease_id
            """;

    record Late(UUID billId, UUID leaseId) {}

    Future<List<Late>> paidLate(Sql sql, Instant since) {
        return sql.list(PAID_LATE, row -> new Late(row.getUUID("bill_id"), row.getUUID("lease_id")), at(since));
    }

    private static final String SETTLED = """
            SELECT bill_id, (at AT TIME ZONE 'Asia/Shanghai')::date AS on_day, sum(amount_fen)::bigint AS fen
              FROM (SELECT bill_id, at, amount_fen
                      FROM rent.allocation
                     WHERE bill_id = ANY ($1::uuid[])
                     UNION ALL
                    SELECT bill_id, decided_at, given_up_fen
                      FROM rent.write_off
                     WHERE bill_id = ANY ($1::uuid[]) AND state = 'approved' AND given_up_fen > 0) settled
             GROUP BY bill_id, on_day
             ORDER BY bill_id, on_day
            """;

    Future<List<Settled>> settled(Sql sql, List<UUID> bills) {
        return sql.list(
                SETTLED,
                row -> new Settled(row.getUUID("bill_id"), row.getLocalDate("on_day"), row.getLong("fen")),
                (Object) bills.toArray(UUID[]::new));
    }

    private static final String INSERT_FEES = """
            INSERT INTO rent.bill
                   (bill_id, lease_id, city_code, charge, occasion, from_date, to_date, due_on, late_from_date, amount_fen,
                    subsidy_fen, subsidy_state, reason, issued_at)
            SELECT fee.bill_id, fee.lease_id, a.city_code, 'late-fee', fee.occasion, fee.from_date, fee.to_date, $8,
                   coalesce(late.late_from_date, late.from_date), fee.fen, 0, 'none', fee.reason, $9
              FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[], $5::date[], $6::bigint[], $7::text[],
                          $10::uuid[])
                       AS fee (bill_id, lease_id, occasion, from_date, to_date, fen, reason, of_bill_id)
              JOIN rent.account a USING (lease_id)
              JOIN rent.bill late ON late.bill_id = fee.of_bill_id
            ON CONFLICT ON CONSTRAINT bill_once DO NOTHING
            """;

    /** Late fees as bills; the same fee is a bill once. */
    Future<Integer> insertFees(Tx tx, List<FeeOrder> fees, LocalDate dueOn, Instant now) {
        return tx.execute(
                INSERT_FEES,
                fees.stream().map(FeeOrder::feeBillId).toArray(UUID[]::new),
                fees.stream().map(FeeOrder::leaseId).toArray(UUID[]::new),
                fees.stream().map(FeeOrder::occasion).toArray(String[]::new),
                fees.stream().map(FeeOrder::from).toArray(LocalDate[]::new),
                fees.stream().map(FeeOrder::through).toArray(LocalDate[]::new),
                fees.stream().map(FeeOrder::fen).toArray(Long[]::new),
                fees.stream().map(FeeOrder::reason).toArray(String[]::new),
                dueOn,
                at(now),
                fees.stream().map(FeeOrder::ofBillId).toArray(UUID[]::new));
    }

    private static final String VOID = """
            UPDATE rent.bill
               SET subsidy_state = 'void', subsidy_void_on = $2
             WHERE bill_id = ANY ($1::uuid[]) AND subsidy_state = 'pending'
            """;

    Future<Integer> voidSubsidy(Tx tx, List<UUID> bills, LocalDate today) {
        return tx.execute(VOID, bills.toArray(UUID[]::new), today);
    }

    private static final String FEES_OF = """
            SELECT coalesce(sum(b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen), 0)::bigint AS fen
              FROM rent.bill b
             WHERE b.charge = 'late-fee' AND
            """ + OwnBillStore.OWN;

    Future<Long> feesDue(Sql sql, Tenancy own) {
        return sql.find(FEES_OF, row -> row.getLong("fen"), OwnBillStore.values(List.of(own)))
                .map(found -> found.orElse(0L));
    }
}
