package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.policy.number.Horizon;
import io.anju.policy.number.Rational;
import io.anju.testing.Seeds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is foreseen for a span of days is what the rules answer on each of its days. */
class CourseTest {
    private static final int DAYS = 1_000;
    private static final int HOUSEHOLDS = 25;
    private static final List<String> GROUPS =
            Stream.of(SpecialGroup.values()).map(SpecialGroup::code).toList();
    private static final Standing.Entry ENTRY =
            new Standing.Entry(Instant.EPOCH, Instant.EPOCH, "370200-2024-0000001-K");

    @Test
    void every_day_of_a_course_has_the_score_that_the_rules_give_it() {
        long seed = Seeds.of(CourseTest.class);
        var random = new Random(seed);
        var documents =
                Samples.all().stream().filter(PolicyDocument::takesApplications).toList();
        assertThat(documents).hasSizeGreaterThan(4);
        for (var document : documents) {
            long pieces = 0;
            for (int i = 0; i < HOUSEHOLDS; i++) {
                pieces += follow(
                        document,
                        household(random, document),
                        "seed %d, %s %s, household %d".formatted(seed, document.cityCode(), document.version(), i));
            }
            // a piece for each day would be true as well, and foresee nothing
            assertThat(pieces / HOUSEHOLDS).as(document.cityCode()).isLessThan(DAYS / 12);
        }
    }

    private static long follow(PolicyDocument document, HouseholdFacts facts, String where) {
        long pieces = 0;
        Course course = null;
        Foresight foresight = null;
        var end = document.effectiveFrom().plusDays(DAYS);
        for (var day = document.effectiveFrom(); day.isBefore(end); day = day.plusDays(1)) {
            if (course == null || !course.holdsOn(day.toEpochDay())) {
                course = document.course(facts, day);
                pieces++;
            }
            if (foresight == null || foresight.until() < day.toEpochDay()) {
                foresight = document.foresee(facts, day, BigDecimal.ZERO, ENTRY);
            }
            assertThat(BigDecimal.valueOf(course.at(day.toEpochDay()), course.scale()))
                    .as("%s, %s", where, day)
                    .isEqualTo(document.scoreTotal(facts, day));
            assertThat(foresight.standing())
                    .as("%s, %s", where, day)
                    .isEqualTo(document.standing(facts, day, BigDecimal.ZERO, ENTRY));
            assertThat(foresight.homeRooms()).as("%s, %s", where, day).isEqualTo(rooms(document, facts, day));
        }
        return pieces;
    }

    private static @Nullable Integer rooms(PolicyDocument document, HouseholdFacts facts, LocalDate day) {
        return document.homeSize(facts, day)
                .map(answer -> answer.size().rooms())
                .orElse(null);
    }

    /** People of all ages, some of whom meet an age that a rule asks for, or enter the register, on the way. */
    private static HouseholdFacts household(Random random, PolicyDocument document) {
        var city = document.cityCode();
        var first = document.effectiveFrom();
        var members = new ArrayList<Person>();
        members.add(person(Relation.APPLICANT, 6_000 + random.nextInt(27_000), random, city, first));
        if (random.nextBoolean()) {
            members.add(person(Relation.SPOUSE, 6_000 + random.nextInt(27_000), random, city, first));
        }
        for (int children = random.nextInt(3); children > 0; children--) {
            members.add(person(Relation.CHILD, random.nextInt(7_000), random, city, first));
        }
        var onFile = new CaseFacts(
                first.minusDays(random.nextInt(2_000)),
                null,
                random.nextInt(3),
                random.nextInt(4) == 0 ? first.minusDays(random.nextInt(3_000)) : null,
                city.substring(0, 4) + "02");
        return new HouseholdFacts(
                city,
                members,
                BigDecimal.valueOf(random.nextInt(6_000), 2),
                random.nextInt(1_500_000),
                random.nextInt(40_000_000),
                random.nextInt(3) == 0 ? Set.of(GROUPS.get(random.nextInt(GROUPS.size()))) : Set.of(),
                random.nextInt(5) == 0 ? null : first.minusDays(random.nextInt(4_000)),
                onFile);
    }

    private static Person person(Relation relation, int ageDays, Random random, String city, LocalDate first) {
        var born = first.minusDays(ageDays);
        var since = random.nextInt(8) == 0 ? first.plusDays(random.nextInt(600)) : born.plusDays(ageDays / 3);
        return new Person(relation, born, city, since, random.nextBoolean() ? Sex.MALE : Sex.FEMALE);
    }

    @Test
    void a_running_number_says_until_when_each_decision_on_it_stands() {
        var horizon = new Horizon();
        var age = Rational.of(59).plus(Rational.of(1, 2)).growing(Rational.of(1, 10), horizon);
        assertThat(age.compareTo(Rational.of(60))).isNegative();
        // on the fifth day it is 60 to the day
        assertThat(horizon.days()).isEqualTo(4);
        assertThat(age.times(2).minus(Rational.ONE).perDay()).isEqualTo(Rational.of(1, 5));
        assertThat(age.compareTo(Rational.of(59))).isPositive();
        assertThat(horizon.days()).isEqualTo(4);
        assertThat(age.min(Rational.of(70)).floor()).isEqualTo(59);
        assertThat(age.dividedBy(2).rounded(0, RoundingMode.CEILING)).isEqualTo("30");
        assertThat(horizon.days()).isEqualTo(4);
        assertThat(age.times(age).perDay()).isEqualTo(Rational.ZERO);
        assertThat(horizon.days()).isZero();
    }

    @Test
    void numbers_that_meet_today_are_foreseen_for_no_day_more() {
        var horizon = new Horizon();
        var one = Rational.ONE.growing(Rational.of(1, 365), horizon);
        assertThat(one.compareTo(Rational.ONE)).isZero();
        assertThat(horizon.days()).isZero();
    }
}
