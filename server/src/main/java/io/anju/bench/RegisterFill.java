package io.anju.bench;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.time.Shanghai;
import io.anju.policy.CaseFacts;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.PolicyDocument;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Fills a waiting list with synthetic households by whole pages of rows, each with sealed facts like a real one: for
 * measurements of lists that the city generator, which plays every step, would take days for.
 */
public final class RegisterFill {
    private static final int PAGE = 5_000;
    private static final Duration OLDEST = Duration.ofDays(3_650);
    private static final String[] AREAS = {"370202001001", "370202001002", "370203001001"};

    private static final String BEGIN = """
            INSERT INTO waitinglist.list AS l (city_code, programme, version)
            VALUES ($1, $2, $3)
            ON CONFLICT (city_code, programme) DO UPDATE SET version = l.version + $3
            RETURNING l.version - $3 AS before
            """;

    private static final String INSERT = """
            INSERT INTO waitinglist.registration
                   (registration_id, application_id, resident_id, city_code, programme, sequence, area_code,
                    receipt_number, masked_name, household_size, category, applied_at, qualified_on, registered_at,
                    registered_on, policy_digest, facts_sealed)
            SELECT id, id, id, $1, $2, sequence, area_code, receipt_number, '张*', household_size, 'low-income', applied_at,
                   (registered_at AT TIME ZONE 'Asia/Shanghai')::date, registered_at,
                   (registered_at AT TIME ZONE 'Asia/Shanghai')::date, $3, facts_sealed
              FROM unnest($4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::integer[], $9::timestamptz[],
                          $10::timestamptz[], $11::bytea[])
                   AS household (id, sequence, area_code, receipt_number, household_size, applied_at, registered_at,
                                 facts_sealed)
            """;

    private final Db db;
    private final Vault vault;
    private final PolicyDocument policy;
    private final long seed;
    private final Instant end;

    /**
     * @param policy the rules that all households were registered with
     * @param end nobody was registered later
     */
    public RegisterFill(Db db, Vault vault, PolicyDocument policy, long seed, Instant end) {
        this.db = db;
        this.vault = vault;
        this.policy = policy;
        this.seed = seed;
        this.end = end;
    }

    private record Row(
            UUID id,
            long sequence,
            String areaCode,
            String receiptNumber,
            int householdSize,
            Instant appliedAt,
            Instant registeredAt,
            Buffer facts) {}

    /** Registers so many households more; blocks, not for event loops. The same seed makes the same facts. */
    public void add(int households) {
        long before = db.find(
                        BEGIN, row -> row.getLong("before"), policy.cityCode(), policy.programme(), (long) households)
                .await()
                .orElseThrow();
        for (var from = 0; from < households; from += PAGE) {
            var first = before + 1 + from;
            var rows = IntStream.range(0, Math.min(PAGE, households - from))
                    .parallel()
                    .mapToObj(i -> row(first + i))
                    .toList();
            insert(rows);
        }
    }

    private Row row(long sequence) {
        // a generator of its own for each: rows are made in parallel and yet the same every time
        var random = new Random(seed * 1_000_003 + sequence);
        var registeredAt = end.minusSeconds((long) (random.nextDouble() * OLDEST.toSeconds()));
        var appliedAt = registeredAt.minus(Duration.ofDays(40 + random.nextInt(60)));
        var id = Ids.next(registeredAt);
        var area = AREAS[random.nextInt(AREAS.length)];
        var facts = facts(random, area, appliedAt, registeredAt);
        return new Row(
                id,
                sequence,
                area,
                "%s-2026-%08d-T".formatted(policy.cityCode(), sequence),
                facts.members().size(),
                appliedAt,
                registeredAt,
                Buffer.buffer(vault.sealJson("waitinglist.registration", "facts_sealed", id, facts)));
    }

    private static HouseholdFacts facts(Random random, String area, Instant appliedAt, Instant registeredAt) {
        return ScoreRate.household(random, Shanghai.date(appliedAt))
                .qualified(Shanghai.date(registeredAt))
                .onFile(CaseFacts.inArea(area).appliedOn(Shanghai.date(appliedAt)));
    }

    private void insert(List<Row> rows) {
        db.execute(
                        INSERT,
                        policy.cityCode(),
                        policy.programme(),
                        policy.digest(),
                        rows.stream().map(Row::id).toArray(UUID[]::new),
                        rows.stream().map(Row::sequence).toArray(Long[]::new),
                        rows.stream().map(Row::areaCode).toArray(String[]::new),
                        rows.stream().map(Row::receiptNumber).toArray(String[]::new),
                        rows.stream().map(Row::householdSize).toArray(Integer[]::new),
                        times(rows.stream().map(Row::appliedAt).toList()),
                        times(rows.stream().map(Row::registeredAt).toList()),
                        rows.stream().map(Row::facts).toArray(Buffer[]::new))
                .await();
    }

    private static OffsetDateTime[] times(List<Instant> instants) {
        return instants.stream()
                .map(instant -> instant.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
