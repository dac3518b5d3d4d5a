package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.anju.policy.ScoreItem;
import io.anju.policy.Text;
import io.anju.waitinglist.Registration.ExitType;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MovementsTest {
    private static final LocalDate BEFORE = LocalDate.of(2026, 3, 2);
    private static final LocalDate NOW = LocalDate.of(2027, 3, 2);

    @Test
    void every_household_that_left_ahead_is_told_with_its_reason() {
        var moved = Movements.explain(
                place(BEFORE, 10, "2.0000"),
                place(NOW, 8, "2.0000"),
                Map.of(ExitType.HOUSED, 2, ExitType.WITHDRAWN, 1),
                1);
        assertThat(moved.reasons())
                .extracting(Movements.Reason::code, Movements.Reason::households, Movements.Reason::change)
                .containsExactly(
                        tuple("left-ahead-housed", 2, -2),
                        tuple("left-ahead-withdrawn", 1, -1),
                        tuple("registered-ahead", 1, 1));
    }

    @Test
    void what_exits_and_entries_leave_over_is_told_as_passing_on_points() {
        var forward =
                Movements.explain(place(BEFORE, 10, "2.0000"), place(NOW, 5, "4.0000"), Map.of(ExitType.HOUSED, 2), 0);
        assertThat(forward.reasons())
                .extracting(Movements.Reason::code, Movements.Reason::change)
                .contains(tuple("passed", -3));
        var backward = Movements.explain(place(BEFORE, 10, "2.0000"), place(NOW, 12, "2.0000"), Map.of(), 0);
        assertThat(backward.reasons())
                .extracting(Movements.Reason::code, Movements.Reason::change)
                .containsExactly(tuple("passed-by", 2));
    }

    @Test
    void the_changes_sum_up_to_the_move() {
        var moved = Movements.explain(
                place(BEFORE, 40, "2.0000"),
                place(NOW, 33, "6.0000"),
                Map.of(ExitType.HOUSED, 5, ExitType.DECEASED, 1, ExitType.OTHER, 2),
                4);
        assertThat(moved.reasons().stream().mapToInt(Movements.Reason::change).sum())
                .isEqualTo(33 - 40);
    }

    @Test
    void ones_own_points_are_told_item_by_item() {
        var moved = Movements.explain(place(BEFORE, 4, "2.0000"), place(NOW, 4, "4.0000"), Map.of(), 0);
        assertThat(moved.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.scoreItem()).isEqualTo("waiting");
            assertThat(reason.points()).isEqualByComparingTo("2");
            assertThat(reason.text()).isEqualTo(new Text("本户“轮候时间”+2 分", "own points for Waiting +2"));
        });
    }

    @Test
    void nothing_is_told_where_nothing_moved() {
        assertThat(Movements.explain(place(BEFORE, 4, "2.0000"), place(NOW, 4, "2.0000"), Map.of(), 0)
                        .reasons())
                .isEmpty();
    }

    private static Movements.Place place(LocalDate asOf, int rank, String waitingPoints) {
        var points = new BigDecimal(waitingPoints);
        var none = new Text("", "");
        var items = List.of(
                new ScoreItem("housing", new Text("住房", "Housing"), new BigDecimal("17.5"), new BigDecimal("35"), none),
                new ScoreItem("waiting", new Text("轮候时间", "Waiting"), points, BigDecimal.TEN, none));
        return new Movements.Place(asOf, rank, points.add(new BigDecimal("17.5")), items);
    }
}
