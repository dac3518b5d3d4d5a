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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MovementsTest {
    private static final LocalDate BEFORE = LocalDate.of(2026, 3, 2);
    private static final LocalDate NOW = LocalDate.of(2027, 3, 2);
    private static final MoveCounts OLD = counts(Map.of(MoveCause.LEFT_HOUSED, -7, MoveCause.ACCRUED, 3));

    @Test
    void every_household_that_left_ahead_is_told_with_its_reason() {
        var moved = moved(10, 8, Map.of(MoveCause.LEFT_HOUSED, -2, MoveCause.LEFT_WITHDRAWN, -1, MoveCause.ENTERED, 1));
        assertThat(moved.reasons())
                .extracting(Movements.Reason::code, Movements.Reason::households, Movements.Reason::change)
                .containsExactly(
                        tuple("left-ahead-housed", 2, -2),
                        tuple("left-ahead-withdrawn", 1, -1),
                        tuple("registered-ahead", 1, 1));
        assertThat(moved.causes())
                .extracting(Movements.Cause::code, Movements.Cause::households, Movements.Cause::change)
                .containsExactly(tuple("left-housed", 2, -2), tuple("left-withdrawn", 1, -1), tuple("entered", 1, 1));
        assertThat(moved.causes().get(0).text()).isEqualTo(new Text("前面有 2 户已获配租", "2 households ahead were housed"));
    }

    /** As a resident reads them: who moved, which way, and how many. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            LEFT_HOUSED; -1; 前面有 1 户已获配租; 1 household ahead was housed
            LEFT_HOUSED; -3; 前面有 3 户已获配租; 3 households ahead were housed
            LEFT_WITHDRAWN; -2; 前面有 2 户自愿退出; 2 households ahead withdrew
            LEFT_DECEIT; -1; 前面有 1 户因弄虚作假被取消登记; 1 household ahead was struck off for deceit
            LEFT_WAIVED; -1; 前面有 1 户弃选达到规定次数退出; 1 household ahead left after refusing offers
            ENTERED; 2; 新入册的 2 户排在本户前面（含导入的原有登记）; 2 households entered the list ahead of this one (registers taken over included)
            RULES; -4; 轮候排序规则更新，本户前移 4 位; new rules of the order moved this household 4 places forward
            RULES; 1; 轮候排序规则更新，本户后移 1 位; new rules of the order moved this household a place back
            OWN_POINTS; -5; 本户积分变化，超过了 5 户; this household went past 5 others as its own points changed
            OWN_POINTS; 1; 本户积分变化，被 1 户超过; 1 household went past this one as its own points changed
            ACCRUED; -2; 其他家庭的积分随时间变化，相抵之后本户超过 2 户; as points of others changed with time, this household went past 2 of them, net
            ACCRUED; 2; 其他家庭的积分随时间变化，相抵之后 2 户超过本户; as their points changed with time, 2 households went past this one, net
            RESCORED_AHEAD; 1; 1 户重新评分后排到本户前面; 1 household went ahead after being scored anew
            RESCORED_BEHIND; -2; 2 户重新评分后退到本户后面; 2 households fell behind after being scored anew
            DEFERRED; -1; 前面有 1 户因弃选移至末尾; 1 household ahead was sent to the end after refusing offers
            OWN_DEFERRAL; 9; 本户因弃选移至末尾，后移 9 位; this household was sent to the end after refusing offers: 9 places back
            """)
    void a_cause_is_a_sentence(MoveCause cause, int change, String zh, String en) {
        assertThat(cause.text(change)).isEqualTo(new Text(zh, en));
    }

    @ParameterizedTest
    @EnumSource(ExitType.class)
    void every_type_of_exit_has_a_cause_of_its_own(ExitType type) {
        assertThat(MoveCause.of(type).code()).isEqualTo("left-" + type.id());
    }

    @Test
    void what_exits_and_entries_leave_over_is_told_as_passing_on_points_and_taken_apart_beside_it() {
        var moved = moved(
                10,
                9,
                Map.of(
                        MoveCause.LEFT_HOUSED, -2,
                        MoveCause.OWN_POINTS, -3,
                        MoveCause.ACCRUED, 1,
                        MoveCause.RESCORED_AHEAD, 4,
                        MoveCause.RESCORED_BEHIND, -1));
        assertThat(moved.reasons())
                .extracting(Movements.Reason::code, Movements.Reason::change)
                .containsExactly(tuple("left-ahead-housed", -2), tuple("passed-by", 1));
        assertThat(moved.causes())
                .extracting(Movements.Cause::code, Movements.Cause::change)
                .containsExactly(
                        tuple("left-housed", -2),
                        tuple("own-points", -3),
                        tuple("accrued", 1),
                        tuple("rescored-ahead", 4),
                        tuple("rescored-behind", -1));
    }

    @Test
    void what_moved_before_causes_were_counted_is_told_as_such() {
        var moved = moved(40, 33, Map.of(MoveCause.ENTERED, 2));
        assertThat(moved.causes())
                .extracting(Movements.Cause::code, Movements.Cause::households, Movements.Cause::change)
                .containsExactly(tuple("entered", 2, 2), tuple("uncounted", null, -9));
        assertThat(moved.reasons().stream().mapToInt(Movements.Reason::change).sum())
                .isEqualTo(-7);
    }

    @Test
    void ones_own_points_are_told_item_by_item() {
        var moved = Movements.explain(place(BEFORE, 4, "2.0000", OLD), place(NOW, 4, "4.0000", OLD));
        assertThat(moved.reasons()).singleElement().satisfies(reason -> {
            assertThat(reason.scoreItem()).isEqualTo("waiting");
            assertThat(reason.points()).isEqualByComparingTo("2");
            assertThat(reason.text()).isEqualTo(new Text("本户“轮候时间”+2 分", "this household's points for Waiting: +2"));
        });
        assertThat(moved.causes()).isEmpty();
    }

    @Test
    void nothing_is_told_where_nothing_moved() {
        var moved = moved(4, 4, Map.of());
        assertThat(moved.reasons()).isEmpty();
        assertThat(moved.causes()).isEmpty();
    }

    @Test
    void counts_of_an_older_program_know_fewer_causes() {
        var older = MoveCounts.of(new int[] {-1});
        assertThat(older.get(MoveCause.ENTERED)).isZero();
        assertThat(older.plus(OLD).get(MoveCause.LEFT_HOUSED)).isEqualTo(-8);
        assertThat(older.plus(OLD).get(MoveCause.LEFT_WITHDRAWN)).isZero();
    }

    private static Movements moved(int before, int now, Map<MoveCause, Integer> moved) {
        return Movements.explain(
                place(BEFORE, before, "2.0000", OLD), place(NOW, now, "2.0000", OLD.plus(counts(moved))));
    }

    private static MoveCounts counts(Map<MoveCause, Integer> moved) {
        var counts = new int[MoveCause.COUNT];
        moved.forEach((cause, change) -> counts[cause.ordinal()] = change);
        return MoveCounts.of(counts);
    }

    private static Movements.Place place(LocalDate asOf, int rank, String waitingPoints, MoveCounts moved) {
        var points = new BigDecimal(waitingPoints);
        var none = new Text("", "");
        var items = List.of(
                new ScoreItem("housing", new Text("住房", "Housing"), new BigDecimal("17.5"), new BigDecimal("35"), none),
                new ScoreItem("waiting", new Text("轮候时间", "Waiting"), points, BigDecimal.TEN, none));
        return new Movements.Place(asOf, rank, points.add(new BigDecimal("17.5")), items, moved);
    }
}
