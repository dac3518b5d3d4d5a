package io.anju.rent;

import static io.anju.platform.db.Columns.at;
import static io.anju.platform.db.Columns.instant;
import static java.util.stream.Collectors.toMap;

import io.anju.platform.db.Sql;
import io.anju.platform.db.SqlErrors;
import io.anju.platform.db.Tx;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Bill.SubsidyState;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of bills and of what became of them. */
final class BillStore {
    static {
        SqlErrors.constraint("bill_credited_within", RentProblem.CREDITED_ALREADY);
        SqlErrors.constraint("bill_subsidy_credited_within", RentProblem.CREDITED_ALREADY);
    }

    /** Whose tenant of this day owes a bill, as {@link Bill#ownedOn} has it. */
    static final String OWNED_ON = "coalesce(b.late_from_date, b.from_date)";

    static final String SELECT = """
            SELECT b.bill_id, b.lease_id, a.lease_number, b.city_code, b.charge, b.occasion, b.from_date, b.to_date, b.due_on,
            """ + OWNED_ON + """
                    AS owned_on,
                   b.amount_fen, b.subsidy_fen - b.subsidy_credited_fen AS subsidy_fen, b.subsidy_state, b.paid_fen,
                   b.credited_fen, b.written_off_fen, b.issued_at, b.reason
              FROM rent.bill b
              JOIN rent.account a USING (lease_id)
            """;

    static Bill bill(Row row) {
        return new Bill(
                row.getUUID("bill_id"),
                row.getUUID("lease_id"),
                row.getString("lease_number"),
                row.getString("city_code"),
                Charge.of(row.getString("charge")),
                row.getString("occasion"),
                row.getLocalDate("from_date"),
                row.getLocalDate("to_date"),
                row.getLocalDate("due_on"),
                row.getLocalDate("owned_on"),
                row.getLong("amount_fen"),
                row.getLong("subsidy_fen"),
                SubsidyState.of(row.getString("subsidy_state")),
                row.getLong("paid_fen"),
                row.getLong("credited_fen"),
                row.getLong("written_off_fen"),
                instant(row, "issued_at"),
                row.getString("reason"));
    }

    private static final String FIND = SELECT + " WHERE b.bill_id = $1";

    Future<Optional<Bill>> find(Sql sql, UUID id) {
        return sql.find(FIND, BillStore::bill, id);
    }

    private static final String ALL = SELECT + " WHERE b.bill_id = ANY ($1::uuid[])";

    Future<List<Bill>> all(Sql sql, List<UUID> ids) {
        return sql.list(ALL, BillStore::bill, (Object) ids.toArray(UUID[]::new));
    }

    private static final String LOCK = SELECT + """
             WHERE b.bill_id = ANY ($1::uuid[])
             ORDER BY b.bill_id
               FOR UPDATE OF b
            """;

    Future<List<Bill>> lock(Tx tx, List<UUID> ids) {
        return tx.list(LOCK, BillStore::bill, (Object) ids.toArray(UUID[]::new));
    }

    private static final String LOCK_OF_LEASE = SELECT + """
             WHERE b.lease_id = $1
             ORDER BY b.bill_id
               FOR UPDATE OF b
            """;

    Future<List<Bill>> lockOfLease(Tx tx, UUID leaseId) {
        return tx.list(LOCK_OF_LEASE, BillStore::bill, leaseId);
    }

    /** What is due of a bill, as {@link Bill#dueFen} has it. */
    static final String DUE = """
            (b.amount_fen - b.paid_fen - b.credited_fen - b.written_off_fen
                   - CASE WHEN b.subsidy_state IN ('pending', 'granted')
                          THEN b.subsidy_fen - b.subsidy_credited_fen ELSE 0 END)
            """;

    private static final String LIST = SELECT + """
             WHERE b.lease_id = $1
               AND ($2::uuid IS NULL OR b.bill_id < $2)
             ORDER BY b.bill_id DESC
             LIMIT $3
            """;

    /** Bills of a lease, the newest first. */
    Future<List<Bill>> list(Sql sql, UUID leaseId, @Nullable UUID before, int limit) {
        return sql.list(LIST, BillStore::bill, leaseId, before, limit);
    }

    private static final String INSERT = """
            INSERT INTO rent.bill
                   (bill_id, lease_id, city_code, charge, occasion, from_date, to_date, due_on, amount_fen, subsidy_fen,
                    subsidy_state, reason, issued_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            ON CONFLICT ON CONSTRAINT bill_once DO NOTHING
            """;

    /** Adds a bill unless it was issued before; gives whether it is new. */
    Future<Boolean> insert(Tx tx, Bill bill) {
        return tx.execute(
                        INSERT,
                        bill.id(),
                        bill.leaseId(),
                        bill.cityCode(),
                        bill.charge().id(),
                        bill.occasion(),
                        bill.from(),
                        bill.to(),
                        bill.dueOn(),
                        bill.amountFen(),
                        bill.subsidyFen(),
                        bill.subsidyState().id(),
                        bill.reason(),
                        at(bill.issuedAt()))
                .map(rows -> rows == 1);
    }

    private static final String ALLOCATE = """
            WITH part AS (
                SELECT bill_id, fen, subsidy, place
                  FROM unnest($1::uuid[], $2::bigint[], $3::text[]) WITH ORDINALITY AS part (bill_id, fen, subsidy, place)),
            paid AS (
                UPDATE rent.bill b
                   SET paid_fen = b.paid_fen + part.fen, subsidy_state = part.subsidy
                  FROM part
                 WHERE b.bill_id = part.bill_id)
            INSERT INTO rent.allocation (allocation_id, bill_id, source, order_id, amount_fen, at)
            SELECT uuidv7(), bill_id, $4, $5, fen, $6
              FROM part
             ORDER BY place
            """;

    /** What a bill is settled with; below zero where it is given back. */
    record Part(UUID billId, long fen, SubsidyState subsidy) {}

    /** What bills, each of them once, were settled with, in this order. */
    Future<Void> allocate(Tx tx, List<Part> parts, String source, @Nullable UUID orderId, Instant now) {
        return parts.isEmpty()
                ? Future.succeededFuture()
                : tx.execute(
                                ALLOCATE,
                                parts.stream().map(Part::billId).toArray(UUID[]::new),
                                parts.stream().map(Part::fen).toArray(Long[]::new),
                                parts.stream().map(part -> part.subsidy().id()).toArray(String[]::new),
                                source,
                                orderId,
                                at(now))
                        .mapEmpty();
    }

    private static final String SET_SUBSIDY = """
            UPDATE rent.bill
               SET subsidy_state = $2
             WHERE bill_id = $1
            """;

    Future<Void> setSubsidy(Tx tx, UUID billId, SubsidyState state) {
        return tx.execute(SET_SUBSIDY, billId, state.id()).mapEmpty();
    }

    /** @param source of the paying */
    record Allocation(String source, long amountFen, Instant at) {}

    private static final String ALLOCATIONS = """
            SELECT source, amount_fen, at
              FROM rent.allocation
             WHERE bill_id = $1
             ORDER BY at, allocation_id
             LIMIT 200
            """;

    Future<List<Allocation>> allocations(Sql sql, UUID billId) {
        return sql.list(
                ALLOCATIONS,
                row -> new Allocation(row.getString("source"), row.getLong("amount_fen"), instant(row, "at")),
                billId);
    }

    /** What an order has settled of a bill so far. */
    record Settled(UUID billId, long fen) {}

    private static final String OF_ORDER = """
            SELECT bill_id, sum(amount_fen)::bigint AS fen
              FROM rent.allocation
             WHERE order_id = $1
             GROUP BY bill_id
            HAVING sum(amount_fen) > 0
             ORDER BY bill_id DESC
            """;

    Future<List<Settled>> settledBy(Tx tx, UUID orderId) {
        return tx.list(OF_ORDER, row -> new Settled(row.getUUID("bill_id"), row.getLong("fen")), orderId);
    }

    private static final String CREDIT = """
            UPDATE rent.bill
               SET credited_fen = credited_fen + $2, subsidy_credited_fen = subsidy_credited_fen + $3, paid_fen = paid_fen - $4
             WHERE bill_id = $1
            """;

    private static final String CREDIT_NOTE = """
            INSERT INTO rent.credit_note
                   (credit_note_id, bill_id, occasion, amount_fen, subsidy_fen, reason, issued_by, issued_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    private static final String PAID_BACK = """
            INSERT INTO rent.allocation (allocation_id, bill_id, source, amount_fen, at)
            VALUES (uuidv7(), $1, 'credit', $2, $3)
            """;

    /** A part of a bill that is taken back. */
    record Note(
            UUID id,
            UUID billId,
            String occasion,
            long amountFen,
            long subsidyFen,
            String reason,
            @Nullable UUID issuedBy,
            Instant issuedAt) {}

    /** How the occasion of a note begins that somebody issued for a reason of its own, such as days without water. */
    static final String BY_HAND = "by-hand:";

    private static final String GIVEN_BY_HAND = """
            SELECT n.bill_id, sum(n.amount_fen)::bigint AS fen
              FROM rent.credit_note n
              JOIN rent.bill b USING (bill_id)
             WHERE b.lease_id = $1 AND starts_with(n.occasion, $2)
             GROUP BY n.bill_id
            """;

    /** What of each bill was taken back by hand; bills without any are left out. */
    Future<Map<UUID, Long>> givenByHand(Tx tx, UUID leaseId) {
        return tx.list(GIVEN_BY_HAND, row -> Map.entry(row.getUUID("bill_id"), row.getLong("fen")), leaseId, BY_HAND)
                .map(found -> found.stream().collect(toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** @param paidBackFen what was paid of it and becomes the lease's credit */
    Future<Void> credit(Tx tx, Note note, long paidBackFen) {
        return tx.execute(
                        CREDIT_NOTE,
                        note.id(),
                        note.billId(),
                        note.occasion(),
                        note.amountFen(),
                        note.subsidyFen(),
                        note.reason(),
                        note.issuedBy(),
                        at(note.issuedAt()))
                .compose(written -> tx.execute(CREDIT, note.billId(), note.amountFen(), note.subsidyFen(), paidBackFen))
                .compose(credited -> paidBackFen == 0
                        ? Future.succeededFuture()
                        : tx.execute(PAID_BACK, note.billId(), -paidBackFen, at(note.issuedAt())))
                .mapEmpty();
    }

    private static final String NOTES = """
            SELECT credit_note_id, bill_id, occasion, amount_fen, subsidy_fen, reason, issued_by, issued_at
              FROM rent.credit_note
             WHERE bill_id = $1
             ORDER BY credit_note_id
             LIMIT 200
            """;

    Future<List<Note>> notes(Sql sql, UUID billId) {
        return sql.list(
                NOTES,
                row -> new Note(
                        row.getUUID("credit_note_id"),
                        row.getUUID("bill_id"),
                        row.getString("occasion"),
                        row.getLong("amount_fen"),
                        row.getLong("subsidy_fen"),
                        row.getString("reason"),
                        row.getUUID("issued_by"),
                        instant(row, "issued_at")),
                billId);
    }

    private static final String WRITE_OFF = """
            UPDATE rent.bill
               SET written_off_fen = written_off_fen + $2
             WHERE bill_id = $1
            """;

    Future<Void> writeOff(Tx tx, UUID billId, long fen) {
        return tx.execute(WRITE_OFF, billId, fen).mapEmpty();
    }
}
