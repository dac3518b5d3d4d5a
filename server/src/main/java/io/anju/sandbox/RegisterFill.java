package io.anju.sandbox;

import io.anju.application.ReceiptNumber;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.Ids;
import io.anju.platform.time.Shanghai;
import io.anju.policy.CaseFacts;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.PolicyDocument;
import io.anju.policy.Relation;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Fills a waiting list with synthetic households by whole pages of rows, each with sealed facts like a real one: for
 * lists so long that playing every step of each household, as {@link CityGenerator} does, would take days.
 */
public final class RegisterFill {
    private static final int PAGE = 5_000;
    /** Before any application of the played city, so that no receipt number is given twice. */
    private static final int FIRST_YEAR = 2010;

    private static final Duration OLDEST = Duration.ofDays(3_650);
    private static final List<String> AREAS = List.of("370202001001", "370202001002", "370203001001");
    /** The household register (户籍) that everyone is on. */
    private static final String CITY = "370200";

    private static final List<String> CATEGORIES =
            List.of("minimum-living-allowance", "low-income", "low-income", "lower-middle-income");

    private static final String INSERT = """
            INSERT INTO waitinglist.registration
                   (registration_id, application_id, resident_id, city_code, programme, sequence, area_code,
                    receipt_number, masked_name, household_size, category, applied_at, qualified_on, registered_at,
                    registered_on, policy_digest, facts_sealed)
            SELECT id, id, id, $1, $2, sequence, area_code, receipt_number, masked_name, household_size, category, applied_at,
                   (registered_at AT TIME ZONE 'Asia/Shanghai')::date, registered_at,
                   (registered_at AT TIME ZONE 'Asia/Shanghai')::date, $3, facts_sealed
              FROM unnest($4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::integer[], $9::timestamptz[],
                          $10::timestamptz[], $11::bytea[], $12::text[], $13::text[])
                   AS household (id, sequence, area_code, receipt_number, household_size, applied_at, registered_at,
                                 facts_sealed, masked_name, category)
            """;

    private final Db db;
    private final Vault vault;
    private final PolicyDocument policy;
    private final long seed;
    private final Instant end;
    private final List<String> communities;

    /**
     * @param policy the rules that all households were registered with
     * @param end nobody was registered later
     */
    public RegisterFill(Db db, Vault vault, PolicyDocument policy, long seed, Instant end) {
        this(db, vault, policy, seed, end, AREAS);
    }

    /** @param communities where the households live, 12 digits each */
    public RegisterFill(Db db, Vault vault, PolicyDocument policy, long seed, Instant end, List<String> communities) {
        this.communities = List.copyOf(communities);
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
            Buffer facts,
            String maskedName,
            String category) {}

    /** Registers so many households more; blocks, not for event loops. The same seed makes the same facts. */
    public void add(int households) {
        long before = RegisterFillStore.reserve(db, policy.cityCode(), policy.programme(), households);
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
        var area = communities.get(random.nextInt(communities.size()));
        var facts = facts(random, area, appliedAt, registeredAt);
        return new Row(
                id,
                sequence,
                area,
                ReceiptNumber.of(policy.cityCode(), FIRST_YEAR, sequence).text(),
                facts.members().size(),
                appliedAt,
                registeredAt,
                Buffer.buffer(vault.sealJson("waitinglist.registration", "facts_sealed", id, facts)),
                CityPeople.surname(random) + "**",
                CATEGORIES.get(random.nextInt(CATEGORIES.size())));
    }

    private static HouseholdFacts facts(Random random, String area, Instant appliedAt, Instant registeredAt) {
        return household(random, Shanghai.date(appliedAt))
                .qualified(Shanghai.date(registeredAt))
                .onFile(CaseFacts.inArea(area).appliedOn(Shanghai.date(appliedAt)));
    }

    /** A synthetic household whose members are of some age on the day. */
    public static HouseholdFacts household(Random random, LocalDate asOf) {
        var members = new ArrayList<Person>();
        members.add(person(Relation.APPLICANT, 8_000 + random.nextInt(24_000), asOf));
        if (random.nextBoolean()) {
            members.add(person(Relation.SPOUSE, 8_000 + random.nextInt(24_000), asOf));
        }
        for (var children = random.nextInt(3); children > 0; children--) {
            members.add(person(Relation.CHILD, random.nextInt(6_000), asOf));
        }
        return new HouseholdFacts(
                CITY,
                members,
                BigDecimal.valueOf(random.nextInt(3_900), 2),
                random.nextInt(900_000),
                random.nextInt(9_000_000),
                Set.of(),
                asOf.minusDays(random.nextInt(4_000)));
    }

    private static Person person(Relation relation, int ageDays, LocalDate asOf) {
        var born = asOf.minusDays(ageDays);
        return new Person(relation, born, CITY, born);
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
                        rows.stream().map(Row::facts).toArray(Buffer[]::new),
                        rows.stream().map(Row::maskedName).toArray(String[]::new),
                        rows.stream().map(Row::category).toArray(String[]::new))
                .await();
    }

    private static OffsetDateTime[] times(List<Instant> instants) {
        return instants.stream()
                .map(instant -> instant.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
