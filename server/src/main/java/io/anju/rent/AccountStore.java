package io.anju.rent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anju.platform.db.Ids;
import io.anju.platform.db.Sql;
import io.anju.platform.db.Tx;
import io.anju.rent.RentPlan.Line;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of plans, their lines, and how far each lease is billed. */
final class AccountStore {
    private static final ObjectMapper JSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    /**
     * How far a lease is billed.
     *
     * @param laterTenantsFrom the first days of those who became the tenant later
     */
    record Account(
            UUID leaseId,
            String leaseNumber,
            String cityCode,
            String programme,
            String provider,
            UUID planId,
            LocalDate billedTo,
            @Nullable LocalDate nextDueOn,
            long creditFen,
            List<LocalDate> laterTenantsFrom) {
        Account {
            laterTenantsFrom = List.copyOf(laterTenantsFrom);
        }

        /** The first day of whoever has the home on a day; the first of all days where nobody had it before. */
        LocalDate tenantSince(LocalDate day) {
            return laterTenantsFrom.stream()
                    .filter(from -> !from.isAfter(day))
                    .max(Comparator.naturalOrder())
                    .orElse(LocalDate.MIN);
        }

        boolean isSameTenant(Bill one, Bill other) {
            return tenantSince(one.ownedOn()).equals(tenantSince(other.ownedOn()));
        }
    }

    private static final String INSERT_PLAN = """
            INSERT INTO rent.plan (plan_id, content, policy_digest)
            VALUES ($1, $2, $3)
            ON CONFLICT (sha256(content::bytea)) DO NOTHING
            """;

    private static final String FIND_PLAN = """
            SELECT plan_id
              FROM rent.plan
             WHERE sha256(content::bytea) = sha256($1::text::bytea)
            """;

    /** A plan under the rules that it is read by; leases of the same terms share it. */
    record Stored(String policyDigest, RentPlan plan) {}

    /** The id of the plan, which is stored where it is new. */
    Future<UUID> plan(Tx tx, Stored stored, Instant now) {
        var content = write(stored);
        return tx.execute(INSERT_PLAN, Ids.next(now), content, stored.policyDigest())
                .compose(written -> tx.find(FIND_PLAN, row -> row.getUUID("plan_id"), content))
                .map(Optional::orElseThrow);
    }

    private static String write(Stored stored) {
        try {
            return JSON.writeValueAsString(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stored read(String content) {
        try {
            return JSON.readValue(content, Stored.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String READ_PLAN = """
            SELECT content
              FROM rent.plan
             WHERE plan_id = $1
            """;

    Future<Stored> readPlan(Sql sql, UUID planId) {
        return sql.find(READ_PLAN, row -> read(row.getString("content")), planId)
                .map(Optional::orElseThrow);
    }

    private static final String INSERT_LINES = """
            INSERT INTO rent.plan_line (plan_id, from_date, to_date, due_on, amount_fen, subsidy_fen, known)
            SELECT $1, *
              FROM unnest($2::date[], $3::date[], $4::date[], $5::bigint[], $6::bigint[], $7::boolean[])
            ON CONFLICT ON CONSTRAINT plan_line_pkey DO NOTHING
            """;

    Future<Void> insertLines(Tx tx, UUID planId, List<Line> lines) {
        return tx.execute(
                        INSERT_LINES,
                        planId,
                        lines.stream().map(Line::from).toArray(LocalDate[]::new),
                        lines.stream().map(Line::to).toArray(LocalDate[]::new),
                        lines.stream().map(Line::dueOn).toArray(LocalDate[]::new),
                        lines.stream().map(line -> line.amount().fen()).toArray(Long[]::new),
                        lines.stream().map(line -> line.amount().subsidyFen()).toArray(Long[]::new),
                        lines.stream().map(Line::known).toArray(Boolean[]::new))
                .mapEmpty();
    }

    private static final String INSERT = """
            INSERT INTO rent.account
                   (lease_id, lease_number, city_code, programme, provider, plan_id, billed_to, next_due_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """;

    Future<Void> insert(Tx tx, Account account) {
        return tx.execute(
                        INSERT,
                        account.leaseId(),
                        account.leaseNumber(),
                        account.cityCode(),
                        account.programme(),
                        account.provider(),
                        account.planId(),
                        account.billedTo(),
                        account.nextDueOn())
                .mapEmpty();
    }

    private static final String SELECT = """
            SELECT lease_id, lease_number, city_code, programme, provider, plan_id, billed_to, next_due_on, credit_fen,
                   later_tenants_from
              FROM rent.account
            """;

    private static final String FIND = SELECT + " WHERE lease_id = $1";
    private static final String LOCK = FIND + " FOR UPDATE";
    private static final String LOCK_ALL = SELECT + " WHERE lease_id = ANY ($1::uuid[]) ORDER BY lease_id FOR UPDATE";

    Future<Optional<Account>> find(Sql sql, UUID leaseId) {
        return sql.find(FIND, AccountStore::account, leaseId);
    }

    /** With nobody else billing or settling this lease until commit. */
    Future<Account> lock(Tx tx, UUID leaseId) {
        return tx.find(LOCK, AccountStore::account, leaseId).map(Optional::orElseThrow);
    }

    /** As {@link #lock}, many in the order of their ids. */
    Future<List<Account>> lockAll(Tx tx, List<UUID> leaseIds) {
        return tx.list(LOCK_ALL, AccountStore::account, (Object) leaseIds.toArray(UUID[]::new));
    }

    private static Account account(Row row) {
        return new Account(
                row.getUUID("lease_id"),
                row.getString("lease_number"),
                row.getString("city_code"),
                row.getString("programme"),
                row.getString("provider"),
                row.getUUID("plan_id"),
                row.getLocalDate("billed_to"),
                row.getLocalDate("next_due_on"),
                row.getLong("credit_fen"),
                List.of(row.getArrayOfLocalDates("later_tenants_from")));
    }

    private static final String MOVE = """
            UPDATE rent.account
               SET plan_id = $2, later_tenants_from = $3, billed_to = $4, next_due_on = $5
             WHERE lease_id = $1
            """;

    /** As the lease has changed. */
    Future<Void> move(Tx tx, RentWork work, LocalDate billedTo, @Nullable LocalDate nextDueOn) {
        return tx.execute(
                        MOVE,
                        work.leaseId(),
                        work.planId(),
                        work.plan().laterTenantsFrom().toArray(LocalDate[]::new),
                        billedTo,
                        nextDueOn)
                .mapEmpty();
    }

    private static final String ADD_CREDIT = """
            UPDATE rent.account
               SET credit_fen = credit_fen + $2
             WHERE lease_id = $1
            """;

    /** The lease's credit as the ledger has it; below zero takes of it. */
    Future<Void> addCredit(Tx tx, UUID leaseId, long fen) {
        return fen == 0
                ? Future.succeededFuture()
                : tx.execute(ADD_CREDIT, leaseId, fen).mapEmpty();
    }
}
