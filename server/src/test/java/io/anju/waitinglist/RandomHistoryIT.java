package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.crypto.Vault;
import io.anju.platform.db.Db;
import io.anju.platform.db.DbAddress;
import io.anju.platform.time.Shanghai;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyFolder;
import io.anju.policy.PolicyService;
import io.anju.testing.Seeds;
import io.anju.testing.TestDatabases;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.Registration.ListKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
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
    private static final int ROUNDS = Integer.getInteger("anju.waitinglist.rounds", 40);
    private static final int EVENTS_A_ROUND = 250;

    private static Vertx vertx;
    private static DbAddress address;
    private static Db db;
    private static PolicyService policies;
    private static Vault vault;
    private static StandingStore standings;
    private static PlaceStore places;
    private static ChangeStore changes;
    private static Derivation derivation;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        address = TestDatabases.fresh();
        db = TestDatabases.connect(vertx, address);
        policies = new PolicyService(PolicyFolder.shipped());
        await(db.inTransaction(policies::load));
        vault = Vault.temporary();
        standings = new StandingStore();
        places = new PlaceStore();
        changes = new ChangeStore();
        derivation = new Derivation(db, vertx, vault, policies);
    }

    @AfterAll
    static void stop() {
        await(db.close());
        await(vertx.close());
        TestDatabases.drop(address);
    }

    @Test
    void served_ranks_are_those_derived_from_scratch_and_every_move_is_explained() {
        long seed = Seeds.of(RandomHistoryIT.class);
        var random = new Random(seed);
        var now = Instant.parse("2024-01-08T02:00:00Z");
        var clerk = new ClerksList();
        var life = new RandomLife(random, LIST, policy(LocalDate.of(2026, 1, 1)), vault, clerk, 0);
        var generations = new ArrayList<Standing>();
        for (int round = 0; round < ROUNDS; round++) {
            now = await(life.live(db, EVENTS_A_ROUND, now));
            now = now.plus(Duration.ofDays(random.nextInt(40)));
            if (random.nextInt(4) == 0) {
                await(db.execute("DELETE FROM waitinglist.roll_page"));
                await(db.execute("DELETE FROM waitinglist.roll"));
            }
            var standing = await(derivation.derive(LIST, now));
            var where = "seed %d, round %d".formatted(seed, round);
            var today = Shanghai.date(now);
            assertThat(serve(standing)).as(where).isEqualTo(clerk.lines(policy(today), today));
            assertThat(numbers(standing)).as(where).isEqualTo(fromFacts(standing));
            for (int back : List.of(1, 7)) {
                if (round >= back && round % back == 0) {
                    explainsEveryMove(generations.get(round - back), standing, where);
                }
            }
            generations.add(standing);
        }
        assertThat(life.events()).isGreaterThanOrEqualTo(ROUNDS * EVENTS_A_ROUND);
    }

    @Test
    void deriving_again_without_news_gives_the_same_generation() {
        var now = Instant.parse("2035-01-08T02:00:00Z");
        var life = new RandomLife(
                new Random(1), LIST, policy(LocalDate.of(2026, 1, 1)), vault, new ClerksList(), 9_000_000);
        await(db.inTransaction(tx -> life.register(tx, now)));
        var first = await(derivation.derive(LIST, now));
        assertThat(await(derivation.derive(LIST, now.plusSeconds(60))).id()).isEqualTo(first.id());
        assertThat(await(derivation.derive(LIST, now.plus(Duration.ofDays(1)))).id())
                .isGreaterThan(first.id());
    }

    private static PolicyDocument policy(LocalDate day) {
        return await(policies.inForce(db, LIST.cityCode(), LIST.programme(), day));
    }

    /** The causes of every household's move sum up to it, and those of leaving are told as the register has them. */
    private static void explainsEveryMove(Standing before, Standing now, String where) {
        var was = places(before);
        var is = places(now);
        var indexes = new HashMap<Long, Integer>();
        for (int i = 0; i < is.size(); i++) {
            indexes.put(is.number(i), i);
        }
        var changed = await(changes.changes(db, before, now.version()));
        var housedAhead = 0;
        for (int i = 0; i < was.size(); i++) {
            var later = indexes.get(was.number(i));
            if (later == null) {
                housedAhead += changed.exit((int) was.number(i)) == ExitType.HOUSED ? 1 : 0;
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

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
