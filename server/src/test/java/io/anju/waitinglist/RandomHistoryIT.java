package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.application.ApplicationState;
import io.anju.application.CaseFile;
import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.Tx;
import io.anju.platform.http.Caller;
import io.anju.platform.time.Shanghai;
import io.anju.policy.HouseholdFacts;
import io.anju.policy.Person;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyFolder;
import io.anju.policy.PolicyService;
import io.anju.policy.Relation;
import io.anju.policy.Samples;
import io.anju.policy.Text;
import io.anju.testing.Seeds;
import io.anju.testing.TestDatabases;
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
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is served is what anyone who holds the facts can compute: over random histories of entries, exits, freezes, refused
 * offers, changes of life, newer rules, re-scorings and days, whether or not what was known of the members is at hand.
 * 10 000 events; {@code -Danju.waitinglist.rounds} sets how many times 250.
 */
class RandomHistoryIT {
    private static final ListKey LIST = new ListKey("370200", "public-rental");
    private static final Reason REASON = new Reason("已核实", "《办法》第十七条", "ZL-1", "可申请行政复议");
    private static final int ROUNDS = Integer.getInteger("anju.waitinglist.rounds", 40);
    private static final int EVENTS_A_ROUND = 250;

    private static Vertx vertx;
    private static DbAddress address;
    private static Db db;
    private static PolicyService policies;
    private static PolicyDocument policy;
    private static WaitingListStore store;
    private static StandingStore standings;
    private static PlaceStore places;
    private static FactStore factStore;
    private static Derivation derivation;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        address = TestDatabases.fresh();
        db = TestDatabases.connect(vertx, address);
        policies = new PolicyService(PolicyFolder.shipped());
        await(db.inTransaction(policies::load));
        policy = await(policies.inForce(db, LIST.cityCode(), LIST.programme(), LocalDate.of(2026, 1, 1)));
        var vault = Vault.temporary();
        store = new WaitingListStore(vault);
        standings = new StandingStore();
        places = new PlaceStore();
        factStore = new FactStore(vault);
        derivation = new Derivation(db, vertx, vault, policies);
    }

    @AfterAll
    static void stop() {
        await(db.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    /**
     * A household as the test remembers it: enough to place it without the database.
     *
     * @param deferred number of the event that sent it to the end; 0 for none
     */
    private record Known(
            UUID applicationId,
            HouseholdFacts facts,
            Instant appliedAt,
            String receiptNumber,
            String district,
            int waivers,
            int deferred,
            boolean frozen,
            PolicyDocument own) {
        Known living(HouseholdFacts changed) {
            return new Known(
                    applicationId, changed, appliedAt, receiptNumber, district, waivers, deferred, frozen, own);
        }

        Known waived(int event) {
            return new Known(applicationId, facts, appliedAt, receiptNumber, district, waivers + 1, event, frozen, own);
        }

        Known frozen(boolean is) {
            return new Known(applicationId, facts, appliedAt, receiptNumber, district, waivers, deferred, is, own);
        }

        Known scoredBy(PolicyDocument newer) {
            return new Known(
                    applicationId, facts, appliedAt, receiptNumber, district, waivers, deferred, frozen, newer);
        }

        HouseholdFacts counted() {
            return facts.onFile(facts.onFile().moreWaivers(waivers));
        }
    }

    @Test
    void served_ranks_are_those_derived_from_scratch_and_every_move_is_explained() {
        long seed = Seeds.of(RandomHistoryIT.class);
        var random = new Random(seed);
        var now = Instant.parse("2024-01-08T02:00:00Z");
        var waiting = new ArrayList<Known>();
        var generations = new ArrayList<Standing>();
        for (int round = 0; round < ROUNDS; round++) {
            now = live(waiting, random, now);
            now = now.plus(Duration.ofDays(random.nextInt(40)));
            if (random.nextInt(4) == 0) {
                await(db.execute("DELETE FROM waitinglist.roll_page"));
                await(db.execute("DELETE FROM waitinglist.roll"));
            }
            var standing = await(derivation.derive(LIST, now));
            var where = "seed %d, round %d".formatted(seed, round);
            assertThat(serve(standing)).as(where).isEqualTo(scratch(waiting, Shanghai.date(now)));
            assertThat(numbers(standing)).as(where).isEqualTo(fromFacts(standing));
            for (int back : List.of(1, 7)) {
                if (round >= back && round % back == 0) {
                    explainsEveryMove(generations.get(round - back), standing, where);
                }
            }
            generations.add(standing);
        }
        assertThat(event).isGreaterThanOrEqualTo(ROUNDS * EVENTS_A_ROUND);
    }

    private static int event;

    /** One round of events in one transaction, which only spares commits: every fact has a number of its own. */
    private static Instant live(List<Known> waiting, Random random, Instant from) {
        var now = new Instant[] {from};
        await(db.inTransaction(tx -> {
            Future<Void> done = Future.succeededFuture();
            for (int i = 0; i < EVENTS_A_ROUND; i++) {
                done = done.compose(before -> {
                    now[0] = now[0].plus(Duration.ofMinutes(1 + random.nextInt(100)));
                    event++;
                    return happen(tx, waiting, random, now[0]);
                });
            }
            return done;
        }));
        return now[0];
    }

    private static Future<Void> happen(Tx tx, List<Known> waiting, Random random, Instant now) {
        if (random.nextInt(1_500) == 0) {
            return rescore(tx, waiting, random, now);
        }
        int kind = waiting.size() < 30 ? 0 : random.nextInt(100);
        int at = waiting.isEmpty() ? 0 : random.nextInt(waiting.size());
        if (kind < 45) {
            return register(tx, waiting, random, now);
        }
        var one = waiting.get(at);
        if (kind < 70) {
            waiting.remove(at);
            return entry(tx, one, now).compose(entry -> exit(tx, entry, random));
        }
        if (kind < 80) {
            waiting.set(at, one.frozen(!one.frozen()));
            var type = one.frozen() ? null : Registration.FreezeType.OTHER;
            return entry(tx, one, now).compose(entry -> factStore.insertFreeze(tx, entry, type, Shanghai.date(now)));
        }
        if (kind < 88) {
            return waive(tx, waiting, at, now);
        }
        var changed = facts(random, now.minus(Duration.ofDays(400)))
                .qualified(Objects.requireNonNull(one.facts().qualifiedOn()));
        waiting.set(at, one.living(changed));
        var result = new LifeChange.Result(one.district() + "001001", "low-income", changed);
        return entry(tx, one, now).compose(entry -> factStore.insertInputs(tx, entry, result, Shanghai.date(now)));
    }

    private static Future<Void> waive(Tx tx, List<Known> waiting, int at, Instant now) {
        var one = waiting.get(at);
        boolean toTheEnd = one.waivers() > 0;
        waiting.set(at, one.waived(toTheEnd ? event : one.deferred()));
        var waiver = new Waiver(
                "PZ-" + event,
                Shanghai.date(now),
                one.waivers() + 1,
                toTheEnd ? Waiver.Consequence.TO_THE_END : Waiver.Consequence.NONE,
                null,
                new Text("弃选", "refused"));
        return entry(tx, one, now).compose(entry -> factStore.insertWaiver(tx, entry, waiver));
    }

    /** Everyone who is on the list is scored by other rules from now on. */
    private static Future<Void> rescore(Tx tx, List<Known> waiting, Random random, Instant now) {
        var newer = List.of(Samples.qingdao(), Samples.qingdaoDraft(), Samples.qingdaoToday())
                .get(random.nextInt(3));
        waiting.replaceAll(one -> one.scoredBy(newer));
        return tx.find(
                        "SELECT version FROM waitinglist.list WHERE city_code = $1 AND programme = $2",
                        row -> row.getLong(0),
                        LIST.cityCode(),
                        LIST.programme())
                .map(version -> new Rescoring(
                        UUID.randomUUID(),
                        LIST,
                        newer.digest(),
                        false,
                        Shanghai.date(now),
                        now,
                        version.orElse(0L),
                        waiting.size(),
                        waiting.size(),
                        0,
                        Rescoring.State.RUNNING,
                        null,
                        null))
                .compose(rescoring -> rescoring.registerVersion() == 0
                        ? Future.succeededFuture()
                        : new RescoringStore().insertRules(tx, rescoring, now));
    }

    private static Future<FactStore.Entry> entry(Tx tx, Known one, Instant now) {
        return store.ofApplication(tx, one.applicationId())
                .map(found -> new FactStore.Entry(found.orElseThrow(), REASON, Caller.SYSTEM, now));
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

    /** The causes of every household's move sum up to it, and those of leaving are told as the register has them. */
    private static void explainsEveryMove(Standing before, Standing now, String where) {
        var was = places(before);
        var is = places(now);
        var indexes = new HashMap<Long, Integer>();
        for (int i = 0; i < is.size(); i++) {
            indexes.put(is.number(i), i);
        }
        var changes = await(places.changes(db, before, now.version()));
        var housedAhead = 0;
        for (int i = 0; i < was.size(); i++) {
            var later = indexes.get(was.number(i));
            if (later == null) {
                housedAhead += changes.exit((int) was.number(i)) == ExitType.HOUSED ? 1 : 0;
                continue;
            }
            var moved = is.moved().counts(later).minus(was.moved().counts(i));
            assertThat(moved.sum()).as(where).isEqualTo(later - i);
            var explained = Movements.explain(place(before, was, i), place(now, is, later));
            assertThat(explained.causes().stream()
                            .mapToInt(Movements.Cause::change)
                            .sum())
                    .as(where)
                    .isEqualTo(later - i);
            if (before.id() == now.id() - 1) {
                assertThat(-moved.get(MoveCause.LEFT_HOUSED)).as(where).isEqualTo(housedAhead);
            }
        }
    }

    private static Before places(Standing standing) {
        var read = new Before(standing.total());
        await(places.read(db, standing.id(), 0, Integer.MAX_VALUE, read));
        return read;
    }

    private static List<Long> numbers(Standing standing) {
        var read = places(standing);
        return IntStream.range(0, read.size()).mapToObj(read::number).toList();
    }

    /** The order as the facts alone give it. */
    private static List<Long> fromFacts(Standing standing) {
        var order = await(derivation.orderAt(LIST, standing.version(), standing.asOf()));
        return IntStream.range(0, order.size())
                .mapToObj(index -> order.member(index).number())
                .toList();
    }

    private static Movements.Place place(Standing standing, Before places, int index) {
        var score = BigDecimal.valueOf(places.sortPoints(index), 8);
        return new Movements.Place(
                standing.asOf(), index + 1, score, List.of(), places.moved().counts(index));
    }

    private static List<String> serve(Standing standing) {
        return await(standings.page(db, standing.id(), 0, Integer.MAX_VALUE)).stream()
                .map(shown -> {
                    var line = shown.line();
                    return line.rank() + " " + shown.receiptNumber() + " " + line.districtRank() + " "
                            + shown.homeRank() + " " + line.ahead() + " " + line.score();
                })
                .toList();
    }

    private record Scored(Known known, BigDecimal score) {}

    /** The list as a patient clerk would make it: score everyone, compare, count. */
    private static List<String> scratch(List<Known> waiting, LocalDate asOf) {
        var rules = await(policies.inForce(db, LIST.cityCode(), LIST.programme(), asOf));
        var ordered = waiting.stream()
                .map(known -> new Scored(
                        known, known.own().score(known.counted(), asOf).total()))
                .sorted(Comparator.comparing((Scored one) -> one.known().deferred())
                        .thenComparing(Scored::score, Comparator.reverseOrder())
                        .thenComparing(one -> one.known().appliedAt())
                        .thenComparing(one -> one.known().receiptNumber()))
                .toList();
        var districts = new HashMap<String, Integer>();
        var homes = new HashMap<Integer, Integer>();
        var lines = new ArrayList<String>();
        int ahead = 0;
        for (var one : ordered) {
            var known = one.known();
            var size = rules.homeSize(known.counted(), asOf);
            var homeRank = size.isEmpty() ? null : homes.merge(size.get().size().rooms(), 1, Integer::sum);
            lines.add((lines.size() + 1) + " " + known.receiptNumber() + " "
                    + districts.merge(known.district(), 1, Integer::sum) + " " + homeRank + " " + ahead + " "
                    + one.score());
            ahead += known.frozen() ? 0 : 1;
        }
        return lines;
    }

    private static int serial;

    private static Future<Void> register(Tx tx, List<Known> waiting, Random random, Instant now) {
        var facts = facts(random, now);
        var file = file(
                new UUID(random.nextLong(), serial),
                receipt(++serial),
                random.nextInt(3),
                now.minus(Duration.ofDays(random.nextInt(90))));
        waiting.add(new Known(
                file.id(),
                facts,
                file.submittedAt(),
                file.receiptNumber(),
                file.areaCode().substring(0, 6),
                0,
                0,
                false,
                policy));
        return store.insert(tx, file, facts, Shanghai.date(now), now);
    }

    private static Future<Void> exit(Tx tx, FactStore.Entry entry, Random random) {
        var type = ExitType.values()[random.nextInt(ExitType.values().length)];
        var exit = new RegistrationExit(type, Shanghai.date(entry.now()), REASON, Registration.Home.UNKNOWN);
        return store.insertExit(tx, entry.registration(), exit, entry.caller(), entry.now())
                .mapEmpty();
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
