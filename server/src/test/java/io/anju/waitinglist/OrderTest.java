package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.policy.Course;
import io.anju.policy.PolicyDocument;
import io.anju.policy.PolicyFolder;
import io.anju.policy.SortKey;
import io.anju.testing.Seeds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How members become an order: the policy's keys, and ties that always end. */
class OrderTest {
    /** Ties are decided by the earlier application. */
    private static final PolicyDocument QINGDAO = rules("370200");

    private static final Instant DAY = Instant.parse("2026-03-02T02:00:00Z");

    @Test
    void higher_score_stands_further_ahead() {
        var order = order(one(1).scoring("49.5000"), one(2).scoring("84.3438"), one(3).scoring("71.0000"));
        assertThat(numbers(order)).containsExactly(2L, 3L, 1L);
    }

    @Test
    void of_equal_scores_the_earlier_application_is_ahead() {
        assertThat(numbers(order(one(1).applying(5), one(2).applying(4)))).containsExactly(2L, 1L);
    }

    @Test
    void places_in_a_district_follow_the_list_without_gaps() {
        var order = order(one(1).scoring("10"), one(2).in(370203).scoring("30"), one(3).scoring("20"));
        assertThat(each(order, order::districtRank)).containsExactly(1, 1, 2);
        assertThat(order.parts(PlaceStore.Part.DISTRICT).keySet()).containsExactly(370202, 370203);
        var first = Objects.requireNonNull(order.parts(PlaceStore.Part.DISTRICT).get(370202));
        assertThat(first.get(1)).isEqualTo(3);
    }

    @Test
    void places_in_parts_follow_the_list_without_gaps() {
        var members = List.of(
                one(1).scoring("9").offered(2).member(),
                one(2).scoring("8").offered(1).member(),
                one(3).scoring("7").member(),
                one(4).scoring("6").offered(2).member());
        var order = Order.of(Members.of(members), true);
        assertThat(each(order, order::homeRank)).containsExactly(1, 1, 0, 2);
        assertThat(each(order, order::classRank)).containsExactly(1, 2, 3, 4);
        var withoutClasses = Order.of(Members.of(members), false);
        assertThat(each(withoutClasses, withoutClasses::classRank)).containsOnly(0);
        assertThat(withoutClasses.parts(PlaceStore.Part.CLASS)).isEmpty();
    }

    @Test
    void order_is_total_and_the_same_however_the_facts_are_read() {
        long seed = Seeds.of(OrderTest.class);
        var random = new Random(seed);
        var members = new ArrayList<Member>();
        for (int i = 0; i < 500; i++) {
            members.add(one(i).applying(random.nextInt(4))
                    .scoring(random.nextInt(5) + ".0000")
                    .member());
        }
        var expected = numbers(Order.of(Members.of(members), false));
        for (int round = 0; round < 20; round++) {
            Collections.shuffle(members, random);
            assertThat(numbers(Order.of(Members.of(members), false)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_city_without_scoring_orders_by_application() {
        var rules = rules("320300");
        var order = Order.of(
                Members.of(List.of(
                        one(1).applying(5).by(rules).member(),
                        one(2).applying(4).by(rules).member())),
                false);
        assertThat(numbers(order)).containsExactly(2L, 1L);
    }

    @Test
    void who_was_sent_to_the_end_stands_behind_everyone_in_the_order_of_the_refusals() {
        var order =
                order(one(1).scoring("99").later(false, 8), one(2).scoring("98").later(false, 7), one(3).scoring("1"));
        assertThat(numbers(order)).containsExactly(3L, 2L, 1L);
    }

    @Test
    void the_frozen_keep_their_place_and_nobody_counts_them_as_ahead() {
        var order = order(one(1).scoring("90").later(true, 0), one(2).scoring("80"), one(3).scoring("70"));
        assertThat(numbers(order)).containsExactly(1L, 2L, 3L);
        assertThat(each(order, order::ahead)).containsExactly(0, 0, 1);
    }

    @Test
    void nobody_counts_the_frozen_as_ahead_for_a_size_of_home() {
        var order = order(
                one(1).scoring("90").offered(2).later(true, 0),
                one(2).scoring("80").offered(1),
                one(3).scoring("70").offered(2),
                one(4).scoring("60").offered(2),
                one(5).scoring("50").offered(1));
        assertThat(each(order, order::homeRank)).containsExactly(1, 1, 2, 3, 2);
        assertThat(each(order, order::homeAhead)).containsExactly(0, 0, 0, 1, 1);
    }

    @Test
    void a_member_reads_back_as_it_was_written() {
        var written = List.of(
                one(16).scoring("12.5").offered(3).later(true, 9).member(),
                one(17).in(370211).member());
        var read = RollPage.read(RollPage.write(written));
        for (int i = 0; i < written.size(); i++) {
            var one = written.get(i);
            assertThat(read.get(i).number()).isEqualTo(one.number());
            assertThat(read.get(i).course()).isEqualTo(one.course());
            assertThat(read.get(i).keys()).isEqualTo(one.keys());
            assertThat(read.get(i).later()).isEqualTo(one.later());
            assertThat(read.get(i).key()).isEqualTo(one.key());
        }
    }

    @Test
    void points_of_another_day_take_the_place_of_the_first_ones_in_the_key() {
        var running = new Course(100, 200, 10, 1, 2, 1, RoundingMode.HALF_UP);
        var member = new Member(
                7,
                running,
                one(7).member().keys(),
                Member.Later.NOTHING,
                one(7).scoring("5.0").member().key());
        member.scoreOn(103, QINGDAO.order());
        assertThat(member.points()).isEqualTo(65);
        assertThat(member.key()).isEqualTo(one(7).scoring("6.5").member().key());
    }

    /** A household as a test needs it. */
    private static final class One {
        private final long number;
        private String score = "71.0000";
        private int hoursLater;
        private int district = 370202;
        private int rooms;
        private Member.Later later = Member.Later.NOTHING;
        private PolicyDocument rules = QINGDAO;

        private One(long number) {
            this.number = number;
        }

        One scoring(String points) {
            score = points;
            return this;
        }

        One applying(int hours) {
            hoursLater = hours;
            return this;
        }

        One in(int code) {
            district = code;
            return this;
        }

        One offered(int homeRooms) {
            rooms = homeRooms;
            return this;
        }

        One later(boolean frozen, long deferred) {
            later = new Member.Later(0, frozen, deferred);
            return this;
        }

        One by(PolicyDocument document) {
            rules = document;
            return this;
        }

        Member member() {
            var points = new BigDecimal(score).setScale(4);
            var course =
                    new Course(0, 99_999, points.unscaledValue().longValueExact(), 0, 10_000, 4, RoundingMode.HALF_UP);
            var standing = new io.anju.policy.Standing(
                    points, DAY.plusSeconds(3600L * hoursLater), DAY, "370200-2026-%07d-K".formatted(number));
            var keys = new Member.Keys(district, Member.NO_CLASS, Member.NO_DATE, rooms, 99_999);
            return new Member(
                    number, course, keys, later, Member.key(later.deferred(), SortKey.of(rules.order(), standing)));
        }
    }

    private static One one(long number) {
        return new One(number);
    }

    private static Order order(One... ones) {
        return Order.of(Members.of(Arrays.stream(ones).map(One::member).toList()), false);
    }

    private static List<Long> numbers(Order order) {
        return each(order, index -> order.member(index).number());
    }

    private static <T> List<T> each(Order order, IntFunction<T> value) {
        return IntStream.range(0, order.size()).mapToObj(value).toList();
    }

    private static PolicyDocument rules(String cityCode) {
        return PolicyFolder.shipped().documents().stream()
                .filter(document -> document.cityCode().equals(cityCode) && document.takesApplications())
                .findFirst()
                .orElseThrow();
    }
}
