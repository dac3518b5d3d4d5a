package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.policy.OrderKey.By;
import io.anju.policy.OrderKey.Direction;
import io.anju.testing.Seeds;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class SortKeyTest {
    private static final Instant NOON = Instant.parse("2026-03-04T04:00:00Z");

    @RepeatedTest(20)
    void comparing_bytes_compares_the_places() {
        long seed = Seeds.of(SortKeyTest.class);
        var random = new Random(seed);
        var order = order(random);
        var standings = new ArrayList<Standing>();
        for (var i = 0; i < 60; i++) {
            standings.add(standing(random, i));
        }
        Collections.shuffle(standings, random);
        var byRules = standings.stream().sorted(OrderKey.comparator(order)).toList();
        var byBytes = standings.stream()
                .sorted((a, b) -> Arrays.compareUnsigned(SortKey.of(order, a), SortKey.of(order, b)))
                .toList();
        assertThat(byBytes).as("seed %d, order %s", seed, order).isEqualTo(byRules);
    }

    @Test
    void trailing_zeros_of_a_score_are_no_difference() {
        var order = List.of(new OrderKey(By.SCORE, Direction.DESCENDING, List.of(), null));
        assertThat(SortKey.of(order, standing("70.0", "A"))).isEqualTo(SortKey.of(order, standing("70.0000", "A")));
    }

    private static Standing standing(String score, String receipt) {
        return new Standing(new BigDecimal(score), NOON, NOON, receipt);
    }

    /** Every kind of key in a random order and direction. */
    private static List<OrderKey> order(Random random) {
        var kinds = new ArrayList<>(List.of(By.values()));
        Collections.shuffle(kinds, random);
        return kinds.stream()
                .map(by -> new OrderKey(
                        by, random.nextBoolean() ? Direction.ASCENDING : Direction.DESCENDING, List.of(), null))
                .toList();
    }

    /** Few values of each kind, negative ones among them, so that ties and every later key decide somewhere. */
    private static Standing standing(Random random, int number) {
        var score = BigDecimal.valueOf(random.nextInt(5) - 2, random.nextInt(3));
        var applied = NOON.plusNanos(random.nextInt(3)).plusSeconds(random.nextInt(3) - 1);
        var registered = Instant.EPOCH.plusSeconds(random.nextInt(3) - 1);
        var receipt = "R" + (random.nextBoolean() ? "" : "0") + number;
        return new Standing(
                score,
                new Standing.Entry(applied, registered, receipt),
                random.nextBoolean() ? Standing.LAST_CLASS : random.nextInt(3),
                random.nextBoolean()
                        ? LocalDate.MAX
                        : LocalDate.of(1969, 12, 30).plusDays(random.nextInt(4)),
                new Draw(random.nextInt(3) - 1, random.nextInt(3) - 1));
    }
}
