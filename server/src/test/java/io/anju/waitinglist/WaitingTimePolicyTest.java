package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Seeds;
import io.anju.waitinglist.Registration.ExitType;
import io.anju.waitinglist.WaitingTimePolicy.Departed;
import io.anju.waitinglist.WaitingTimePolicy.Flow;
import io.anju.waitinglist.WaitingTimePolicy.Range;
import io.anju.waitinglist.WaitingTimePolicy.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingTimePolicyTest {
    private static final LocalDate LONG_AGO = LocalDate.of(2015, 3, 4);
    private static final LocalDate MONTH = LocalDate.of(2026, 11, 1);

    /** Every month the same: there is nothing to doubt about. */
    @ParameterizedTest
    @CsvSource({"0, 1", "9, 1", "10, 2", "99, 10", "100, 11", "2399, 240"})
    void a_steady_flow_leads_to_one_month(int ahead, int month) {
        var range = WaitingTimePolicy.range(flow(steady(10, 24)), ahead).orElseThrow();
        assertThat(range).isEqualTo(new Range(month, month));
    }

    @Test
    void beyond_twenty_years_nothing_is_told() {
        assertThat(WaitingTimePolicy.range(flow(steady(10, 24)), 2400)).isEmpty();
    }

    @Test
    void who_leaves_otherwise_may_bring_one_forward_and_never_back() {
        var departed = steady(10, 24);
        departed.addAll(leaving(10, 24, ExitType.WITHDRAWN, null));
        var range = WaitingTimePolicy.range(flow(departed), 99).orElseThrow();
        assertThat(range).isEqualTo(new Range(5, 10));
    }

    @ParameterizedTest
    @CsvSource({"2025-11-02, false", "2025-11-01, true", "2025-10-02, true", "2025-12-01, false"})
    void a_list_that_is_younger_than_twelve_whole_months_tells_nothing(LocalDate began, boolean tells) {
        assertThat(WaitingTimePolicy.flow(steady(10, 24), began, MONTH, 0).isPresent())
                .isEqualTo(tells);
    }

    @ParameterizedTest
    @CsvSource({"23, false", "24, true"})
    void fewer_than_twenty_four_homes_tell_nothing(int homes, boolean tells) {
        assertThat(WaitingTimePolicy.flow(steady(1, homes), LONG_AGO, MONTH, 0).isPresent())
                .isEqualTo(tells);
    }

    @Test
    void only_whole_months_of_the_window_count() {
        var departed = steady(10, 24);
        departed.add(departed(MONTH, ExitType.HOUSED, null));
        departed.add(departed(MONTH.minusMonths(24).minusDays(1), ExitType.HOUSED, null));
        assertThat(flow(departed).housed()).isEqualTo(240);
        assertThat(flow(departed).months()).isEqualTo(24);
    }

    @Test
    void a_size_of_home_is_counted_where_the_size_of_nearly_all_is_known() {
        var departed = leaving(2, 24, ExitType.HOUSED, 2);
        departed.addAll(leaving(3, 24, ExitType.HOUSED, 1));
        assertThat(WaitingTimePolicy.flow(departed, LONG_AGO, MONTH, 2)
                        .orElseThrow()
                        .housed())
                .isEqualTo(48);
        assertThat(WaitingTimePolicy.flow(departed, LONG_AGO, MONTH, 3)).isEmpty();
        departed.addAll(leaving(1, 24, ExitType.HOUSED, null));
        assertThat(WaitingTimePolicy.flow(departed, LONG_AGO, MONTH, 2)).isEmpty();
        assertThat(WaitingTimePolicy.flow(departed, LONG_AGO, MONTH, 0)).isPresent();
    }

    @Test
    void the_further_back_the_later_and_the_soonest_is_never_after_the_latest() {
        long seed = Seeds.of(WaitingTimePolicyTest.class);
        var random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            var flow = flow(random(random));
            assertThat(flow).as("seed %d", seed).isEqualTo(flow(new ArrayList<>(lastDrawn)));
            var before = new Range(1, 1);
            for (int ahead = 0; ahead < 2_000; ahead += 13) {
                var range = WaitingTimePolicy.range(flow, ahead);
                if (range.isEmpty()) {
                    break;
                }
                var is = range.get();
                int latest = is.latest() == null ? Integer.MAX_VALUE : is.latest();
                int latestBefore = before.latest() == null ? Integer.MAX_VALUE : before.latest();
                assertThat(is.soonest()).as("seed %d", seed).isBetween(before.soonest(), latest);
                assertThat(latest).as("seed %d", seed).isGreaterThanOrEqualTo(latestBefore);
                before = is;
            }
        }
    }

    private List<Departed> lastDrawn = List.of();

    private List<Departed> random(Random random) {
        var departed = new ArrayList<>(steady(1, 24));
        for (int i = 0; i < 300; i++) {
            var day = MONTH.minusDays(1 + random.nextInt(700));
            departed.add(departed(day, random.nextInt(3) > 0 ? ExitType.HOUSED : ExitType.WITHDRAWN, null));
        }
        lastDrawn = departed;
        return departed;
    }

    /** Told for 2025-01-01, with a range of 3 to 6 months. */
    @ParameterizedTest
    @CsvSource({
        "2025-02-28, housed, 1, 0",
        "2025-03-01, housed, 1, 1",
        "2025-06-30, housed, 1, 1",
        "2025-07-01, housed, 1, 0",
        "2025-04-01, withdrawn, 0, 0",
        "2024-12-30, housed, 0, 0"
    })
    void an_answer_was_right_where_the_home_came_in_its_range(LocalDate on, String type, int checked, int hits) {
        var outcome = departed(on, ExitType.of(type), null);
        assertThat(WaitingTimePolicy.check(new Range(3, 6), LocalDate.of(2025, 1, 1), outcome, MONTH))
                .isEqualTo(new Verdict(checked, hits));
    }

    @Test
    void whoever_still_waits_after_the_range_was_told_wrong() {
        var told = LocalDate.of(2025, 1, 1);
        assertThat(WaitingTimePolicy.check(new Range(3, 6), told, null, MONTH)).isEqualTo(new Verdict(1, 0));
    }

    @Test
    void an_answer_whose_range_has_not_run_out_proves_nothing_yet() {
        var told = LocalDate.of(2026, 6, 1);
        var housed = departed(LocalDate.of(2026, 8, 3), ExitType.HOUSED, null);
        assertThat(WaitingTimePolicy.check(new Range(1, 6), told, housed, MONTH))
                .isEqualTo(Verdict.NONE);
        assertThat(WaitingTimePolicy.check(new Range(1, 5), told, housed, MONTH))
                .isEqualTo(new Verdict(1, 1));
        assertThat(WaitingTimePolicy.check(new Range(1, null), told, housed, MONTH))
                .isEqualTo(Verdict.NONE);
    }

    private static Flow flow(List<Departed> departed) {
        return WaitingTimePolicy.flow(departed, LONG_AGO, MONTH, 0).orElseThrow();
    }

    private static List<Departed> steady(int aMonth, int months) {
        return leaving(aMonth, months, ExitType.HOUSED, null);
    }

    private static List<Departed> leaving(int aMonth, int months, ExitType type, @Nullable Integer rooms) {
        var departed = new ArrayList<Departed>();
        for (int month = 1; month <= months; month++) {
            for (int i = 0; i < aMonth; i++) {
                departed.add(departed(MONTH.minusMonths(month).plusDays(i % 28), type, rooms));
            }
        }
        return departed;
    }

    private static Departed departed(LocalDate on, ExitType type, @Nullable Integer rooms) {
        return new Departed(1, on, type, rooms);
    }
}
