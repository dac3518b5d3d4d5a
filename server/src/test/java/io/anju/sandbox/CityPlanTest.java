package io.anju.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.application.Household;
import io.anju.identity.NationalId;
import io.anju.identity.Sex;
import io.anju.policy.PolicyFolder;
import io.anju.policy.Relation;
import io.anju.sandbox.CityHouseholds.Wish;
import io.anju.sandbox.CityPlan.Fate;
import io.anju.sandbox.CityPlan.Story;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CityPlanTest {
    private static final Instant END = Instant.parse("2026-11-22T04:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);

    @Test
    void same_seed_number_and_day_make_the_same_city() {
        var one = CityPlan.of(42, 500, END);
        var same = CityPlan.of(42, 500, END);
        assertThat(one).isEqualTo(same);
        assertThat(CityPlan.of(43, 500, END)).isNotEqualTo(one);
        assertThat(households(one)).isEqualTo(households(same));
    }

    @Test
    void stories_come_in_order_and_end_every_way() {
        var stories = CityPlan.of(7, 2_000, END).stories();
        assertThat(stories).extracting(Story::appliesAt).isSorted().allMatch(at -> at.isBefore(END));
        var fates = EnumSet.noneOf(Fate.class);
        stories.forEach(story -> fates.add(story.fate()));
        assertThat(fates).containsExactlyInAnyOrder(Fate.values());
    }

    @Test
    void offices_work_until_the_end() {
        var days = CityPlan.of(7, 1, END).days();
        assertThat(days).isSorted().doesNotHaveDuplicates().endsWith(END);
    }

    @Test
    void everybody_is_one_person_with_a_right_check_digit() {
        var people = new HashSet<String>();
        for (var household : households(CityPlan.of(7, 1_000, END))) {
            for (var member : household.members()) {
                assertThat(NationalId.check(member.nationalId(), DAY)).isEmpty();
                assertThat(people.add(member.nationalId()))
                        .as(member.nationalId())
                        .isTrue();
                var id = NationalId.parse(member.nationalId());
                assertThat(id.birthDate()).isEqualTo(member.birthDate());
                assertThat(id.sex()).isEqualTo(member.sex());
            }
        }
    }

    @Test
    void children_are_younger_and_parents_older_than_the_applicant() {
        for (var household : households(CityPlan.of(7, 1_000, END))) {
            var born = household.applicant().birthDate();
            for (var member : household.members()) {
                if (member.relation() == Relation.CHILD) {
                    assertThat(member.birthDate()).isAfter(born).isBefore(DAY);
                }
                if (member.relation() == Relation.PARENT) {
                    assertThat(member.birthDate()).isBefore(born);
                }
            }
        }
    }

    @Test
    void who_is_made_later_is_never_one_of_the_city() {
        var people = new CityPeople();
        var walkIn = people.walkIn(new SplittableRandom(1), Sex.FEMALE, LocalDate.of(1980, 2, 29), "370202");
        assertThat(Integer.parseInt(walkIn.nationalId().substring(14, 17))).isGreaterThanOrEqualTo(900);
    }

    private static List<Household> households(CityPlan plan) {
        var city = PolicyFolder.shipped().city(CityPlan.MAIN_CITY).orElseThrow();
        var community =
                city.districts().get(0).streets().get(0).communities().get(0).code();
        var makers = new CityHouseholds(new CityPeople());
        var all = new ArrayList<Household>();
        for (var story : plan.stories()) {
            all.add(makers.make(plan.randomOf(story), new Wish(city, community, DAY, false)));
        }
        return all;
    }
}
