package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.complaint.Complaint.Content;
import io.anju.complaint.Complaint.Running;
import io.anju.complaint.Complaint.Stage;
import io.anju.complaint.Complaint.Subject;
import io.anju.complaint.Complaint.SubjectType;
import io.anju.complaint.ComplaintPolicy.Mark;
import io.anju.platform.time.WorkingDays;
import io.anju.policy.ComplaintKind;
import io.anju.policy.PolicyFolder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ComplaintPolicyTest {
    private static final String CITY = "370200";

    @ParameterizedTest(name = "{0} office for area {1}: {2} {3}")
    @CsvSource({
        "street, 370202001001, street, 370202001",
        "street, 370202001, street, 370202001",
        "street, 370202, district, 370202",
        "district, 370202001001, district, 370202",
        "civil-affairs, 370202001, civil-affairs, 370202",
        "civil-affairs, , city, 3702",
        "community, 370202, district, 370202",
        "district, , city, 3702",
        "city, 370202001001, city, 3702"
    })
    void goes_to_the_office_of_the_area_or_the_next_wider_one(
            String level, @Nullable String area, String expectedLevel, String expectedArea) {
        assertThat(ComplaintPolicy.route(level, area, CITY, null)).contains(new OfficeRef(expectedLevel, expectedArea));
    }

    @Test
    void a_report_never_goes_to_the_office_that_it_names() {
        var district = new OfficeRef("district", "370202");
        assertThat(ComplaintPolicy.route("district", "370202001", CITY, district))
                .contains(new OfficeRef("city", "3702"));
        assertThat(ComplaintPolicy.route("city", null, CITY, new OfficeRef("city", "3702")))
                .isEmpty();
    }

    @ParameterizedTest(name = "above {0} {1}: {2} {3}")
    @CsvSource({
        "community, 370202001001, street, 370202001",
        "street, 370202001, district, 370202",
        "district, 370202, city, 3702",
        "civil-affairs, 370202, city, 3702",
        "city, 3702, city, 3702"
    })
    void the_next_higher_office_reviews(String level, String area, String expectedLevel, String expectedArea) {
        assertThat(ComplaintPolicy.above(new OfficeRef(level, area)))
                .isEqualTo(new OfficeRef(expectedLevel, expectedArea));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-03-09, NONE",
        "2026-03-10, WARNING",
        "2026-03-11, WARNING",
        "2026-03-12, OVERDUE",
        "2027-03-12, OVERDUE"
    })
    void warns_one_working_day_before_and_is_overdue_on_the_first_day_over(LocalDate today, Mark expected) {
        // filed on Wednesday 4 March: five working days are over on Wednesday 11 March
        var clock = PolicyFolder.shippedAnd(null).documents().stream()
                .filter(document -> document.cityCode().equals(CITY)
                        && document.programme().equals("public-rental")
                        && document.version().equals("2026-1"))
                .findFirst()
                .orElseThrow()
                .cases()
                .clock(ComplaintKind.COMPLAINT.clock())
                .orElseThrow();
        var due = clock.handling(LocalDate.of(2026, 3, 4), WorkingDays.load());
        assertThat(ComplaintPolicy.mark(new Running(UUID.randomUUID(), Stage.HANDLE, due.on(), due.warnOn()), today))
                .isEqualTo(expected);
    }

    @Test
    void nothing_is_late_where_nobody_owes_an_answer() {
        assertThat(ComplaintPolicy.mark(null, LocalDate.of(2026, 3, 4))).isEqualTo(Mark.NONE);
    }

    @ParameterizedTest
    @EnumSource(SubjectType.class)
    void nobody_joins_a_report_or_what_is_of_one_household(SubjectType type) {
        var subject = new Subject(type, null);
        assertThat(ComplaintPolicy.isJoinable(true, ComplaintKind.REPORT, subject))
                .isFalse();
        assertThat(ComplaintPolicy.isJoinable(false, ComplaintKind.COMPLAINT, subject))
                .isFalse();
        assertThat(ComplaintPolicy.isJoinable(true, ComplaintKind.COMPLAINT, subject))
                .isEqualTo(type == SubjectType.NOTICE || type == SubjectType.HOME || type == SubjectType.OFFICE);
    }

    @Test
    void of_a_report_only_the_day_is_kept() {
        var now = Instant.parse("2026-03-04T17:12:33.123Z");
        assertThat(ComplaintPolicy.keptTime(ComplaintKind.COMPLAINT, now)).isEqualTo(now);
        assertThat(ComplaintPolicy.keptTime(ComplaintKind.REPORT, now)).isEqualTo("2026-03-04T16:00:00Z");
    }

    @ParameterizedTest(name = "{0} / {1}: {2}")
    @CsvSource({
        "电梯坏了三天没人修, 电梯坏了三天没人修, 1000",
        "电梯坏了三天没人修, 电梯 坏了，三天没人修！, 1000",
        "电梯坏了三天没人修, 三月账单多收一个月, 0",
        "abcd, abxd, 333",
        "'', '', 0"
    })
    void nearness_counts_shared_pairs_of_characters(String one, String other, int expected) {
        assertThat(ComplaintPolicy.nearness(one, other)).isEqualTo(expected);
        assertThat(ComplaintPolicy.nearness(other, one)).isEqualTo(expected);
    }

    @Test
    void two_about_the_same_thing_have_the_same_subject() {
        var id = UUID.randomUUID();
        var notice = new Subject(SubjectType.NOTICE, id);
        var text = new Content("甲", null, null, null);
        assertThat(ComplaintPolicy.about(CITY, "370202", notice, text))
                .isEqualTo(ComplaintPolicy.about(CITY, "370203", notice, new Content("乙", null, null, null)));
        var person = new Subject(SubjectType.PERSON, null);
        assertThat(ComplaintPolicy.about(CITY, null, person, new Content("甲", null, "赵 某", null)))
                .isEqualTo(ComplaintPolicy.about(CITY, null, person, new Content("乙", null, "赵某", null)));
        assertThat(ComplaintPolicy.about(CITY, "370202", null, text))
                .isNotEqualTo(ComplaintPolicy.about(CITY, "370203", null, text));
    }
}
