package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.application.ApplicationState;
import io.anju.application.CaseFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbSettings;
import io.anju.platform.db.EmbeddedDatabase;
import io.anju.platform.db.Migrations;
import io.anju.platform.http.Caller;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyFolder;
import io.anju.policy.PolicyService;
import io.anju.policy.Relation;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.ListKey;
import io.anju.waitinglist.Registration.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is served is what anyone who holds the facts can compute: over random histories of entries, exits and days. */
class RandomHistoryIT {
    private static final ListKey LIST = new ListKey("370200", "public-rental");
    private static final Reason REASON = new Reason("已核实", "《办法》第十七条", "ZL-1", "可申请行政复议");
    private static final int ROUNDS = 40;
    private static final int EVENTS_A_ROUND = 25;

    private static Vertx vertx;
    private static EmbeddedDatabase database;
    private static Db db;
    private static PolicyService policies;
    private static PolicyDocument policy;
    private static WaitingListStore store;
    private static StandingStore standings;
    private static Derivation derivation;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        database = EmbeddedDatabase.startTemporary();
        var address = database.database("history");
        Migrations.run(address);
        db = Db.connect(vertx, DbSettings.of(address));
        policies = new PolicyService(PolicyFolder.shipped());
        await(db.inTransaction(policies::load));
        policy = await(policies.inForce(db, LIST.cityCode(), LIST.programme(), LocalDate.of(2026, 1, 1)));
        var vault = Vault.temporary();
        store = new WaitingListStore(vault);
        standings = new StandingStore(vault);
        derivation = new Derivation(db, vertx, policies, standings);
    }

    @AfterAll
    static void stop() {
        await(db.close());
        await(vertx.close());
        database.close();
    }

    /** A household as the test remembers it: enough to score it without the database. */
    private record Known(
            UUID applicationId, HouseholdFacts facts, Instant appliedAt, String receiptNumber, String district) {}

    @Test
    void served_ranks_are_those_derived_from_scratch_and_every_move_is_explained() {
        long seed = Long.getLong("anju.seed", System.nanoTime());
        System.out.println("RandomHistoryIT seed " + seed + " (replay with -Danju.seed=" + seed + ")");
        var random = new Random(seed);
        var now = Instant.parse("2024-01-08T02:00:00Z");
        var waiting = new ArrayList<Known>();
        Standing before = null;
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < EVENTS_A_ROUND; i++) {
                now = now.plus(Duration.ofMinutes(1 + random.nextInt(600)));
                if (waiting.size() > 20 && random.nextInt(10) < 3) {
                    exit(waiting.remove(random.nextInt(waiting.size())), random, now);
                } else {
                    waiting.add(register(random, now));
                }
            }
            now = now.plus(Duration.ofDays(random.nextInt(40)));
            var standing = await(derivation.derive(LIST, now));
            assertThat(serve(standing))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(scratch(waiting, Shanghai.date(now)));
            if (before != null) {
                explainsEveryMove(before, standing, seed);
            }
            before = standing;
        }
    }

    @Test
    void deriving_again_without_news_gives_the_same_generation() {
        var now = Instant.parse("2035-01-08T02:00:00Z");
        await(db.inTransaction(tx -> store.insert(
                tx,
                file(UUID.randomUUID(), receipt(9_999_999), 1, now),
                facts(new Random(1), now),
                Shanghai.date(now),
                now)));
        var first = await(derivation.derive(LIST, now));
        assertThat(await(derivation.derive(LIST, now.plusSeconds(60))).id()).isEqualTo(first.id());
        assertThat(await(derivation.derive(LIST, now.plus(Duration.ofDays(1)))).id())
                .isGreaterThan(first.id());
    }

    private static void explainsEveryMove(Standing before, Standing now, long seed) {
        var places = await(standings.page(db, before.id(), null, 0, Integer.MAX_VALUE));
        for (int i = 0; i < places.size(); i += 7) {
            var was = places.get(i).line();
            var is = await(standings.line(db, now.id(), was.registrationId()));
            if (is.isPresent()) {
                var left = await(standings.leftAhead(db, before, now, was.rank()));
                int entered = await(
                        standings.registeredAhead(db, before, now, is.get().rank()));
                var moved = Movements.explain(place(before, was), place(now, is.get()), left, entered);
                assertThat(moved.reasons().stream()
                                .mapToInt(Movements.Reason::change)
                                .sum())
                        .as("seed %d", seed)
                        .isEqualTo(is.get().rank() - was.rank());
            }
        }
    }

    private static Movements.Place place(Standing standing, Standing.Line line) {
        return new Movements.Place(standing.asOf(), line.rank(), line.score(), List.of());
    }

    private static List<String> serve(Standing standing) {
        return await(standings.page(db, standing.id(), null, 0, Integer.MAX_VALUE)).stream()
                .map(line -> line.line().rank() + " " + line.receiptNumber() + " "
                        + line.line().districtRank() + " " + line.line().score())
                .toList();
    }

    /** The list as a patient clerk would make it: score everyone, compare every pair, count. */
    private static List<String> scratch(List<Known> waiting, LocalDate asOf) {
        var lines = new ArrayList<String>();
        var ordered = waiting.stream()
                .sorted(Comparator.comparing((Known known) ->
                                policy.score(known.facts(), asOf).total())
                        .reversed()
                        .thenComparing(Known::appliedAt)
                        .thenComparing(Known::receiptNumber))
                .toList();
        for (var known : ordered) {
            long districtRank = ordered.subList(0, lines.size()).stream()
                    .filter(other -> other.district().equals(known.district()))
                    .count();
            lines.add((lines.size() + 1) + " " + known.receiptNumber() + " " + (districtRank + 1) + " "
                    + policy.score(known.facts(), asOf).total());
        }
        return lines;
    }

    private static int serial;

    private static Known register(Random random, Instant now) {
        var qualifiedOn = Shanghai.date(now);
        var facts = facts(random, now);
        var district = random.nextInt(3);
        var file = file(UUID.randomUUID(), receipt(++serial), district, now.minus(Duration.ofDays(random.nextInt(90))));
        await(db.inTransaction(tx -> store.insert(tx, file, facts, qualifiedOn, now)));
        return new Known(
                file.id(),
                facts,
                file.submittedAt(),
                file.receiptNumber(),
                file.areaCode().substring(0, 6));
    }

    private static void exit(Known known, Random random, Instant now) {
        var type = ExitType.values()[random.nextInt(ExitType.values().length)];
        await(db.inTransaction(tx -> store.ofApplication(tx, known.applicationId())
                .compose(found -> store.insertExit(
                        tx,
                        found.orElseThrow(),
                        new RegistrationExit(type, Shanghai.date(now), REASON, Registration.Home.UNKNOWN),
                        Caller.SYSTEM,
                        now))));
    }

    private static CaseFile file(UUID id, String receiptNumber, int district, Instant appliedAt) {
        return new CaseFile(
                id,
                LIST.cityCode(),
                "37020" + (2 + district) + "001001",
                LIST.programme(),
                ApplicationState.REGISTERED,
                3,
                1,
                policy.digest(),
                UUID.randomUUID(),
                receiptNumber,
                appliedAt,
                2,
                "王**",
                "low-income",
                1);
    }

    private static String receipt(int serial) {
        return "370200-2024-%07d-K".formatted(serial);
    }

    /** Few different values, so that ties happen; birthdays all over the year, so that every day counts. */
    private static HouseholdFacts facts(Random random, Instant now) {
        var today = Shanghai.date(now);
        var applicant = new Person(Relation.APPLICANT, today.minusDays(15_000 + random.nextInt(900)), "370200", null);
        var child = new Person(Relation.CHILD, today.minusDays(2_000 + random.nextInt(900)), "370200", null);
        var members = random.nextBoolean() ? List.of(applicant) : List.of(applicant, child);
        return new HouseholdFacts(
                "370200",
                members,
                new BigDecimal(random.nextInt(3) * 5),
                90_000L * members.size() + random.nextInt(2) * 10_000L,
                0,
                Set.of(),
                today);
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
