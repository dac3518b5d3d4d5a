package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.time.WorkingDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows after registration: offers refused, short-lists, sizes, the yearly review, exits and complaints. */
class CaseRulesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

    private final PolicyDocument qingdao = Samples.qingdaoToday();
    private final PolicyDocument xuzhou = Samples.xuzhou();
    private final PolicyDocument linxi =
            PolicyFolder.read(FifthCityTest.FOLDER).documents().get(0);
    private final WorkingDays calendar = WorkingDays.load();

    @ParameterizedTest(name = "refusal {0}: {1}")
    @CsvSource({"1, NONE", "2, TO_THE_END", "3, BAR", "4, BAR"})
    void refusals_lead_further_and_further(int count, Waivers.Consequence expected) {
        assertThat(qingdao.waiverOutcome(count, DAY).orElseThrow().consequence())
                .isEqualTo(expected);
    }

    @Test
    void a_bar_ends_on_the_day_before_the_years_are_over() {
        var outcome = qingdao.waiverOutcome(3, DAY).orElseThrow();
        assertThat(outcome.barredUntil()).isEqualTo("2028-03-03");
        assertThat(outcome.trace().text().zh()).isEqualTo("第 3 次弃选，2028-03-03 前不得再次申请");
        assertThat(outcome.trace().bound()).isEqualTo("≥ 3");
    }

    @Test
    void a_refusal_costs_what_the_score_takes_off() {
        var outcome = linxi.waiverOutcome(3, DAY).orElseThrow();
        assertThat(outcome.item()).isEqualTo("refusals");
        assertThat(outcome.points()).isEqualTo(new BigDecimal("8.00"));
        assertThatThrownBy(() -> linxi.waiverOutcome(0, DAY)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest(name = "{0} homes call {1} households")
    @CsvSource({"0, 0", "1, 2", "5, 6", "6, 8", "10, 12", "11, 14", "1000, 1200"})
    void a_short_list_is_rounded_up(int homes, int length) {
        var batches = qingdao.cases().batches();
        assertThat(batches).isNotNull();
        assertThat(batches.shortList(homes).length()).isEqualTo(length);
        assertThat(batches.shortList(homes).trace().bound()).isEqualTo("1:1.2");
    }

    @Test
    void homes_follow_persons_generations_and_sexes() {
        var single = Households.of(DAY.minusYears(40));
        assertThat(rooms(single)).isEqualTo(1);
        assertThat(rooms(Households.of(DAY.minusYears(40)).with(Relation.SPOUSE, DAY.minusYears(40))))
                .isEqualTo(1);
        assertThat(rooms(Households.of(DAY.minusYears(40)).with(Relation.SIBLING, DAY.minusYears(40))))
                .isEqualTo(2);
        assertThat(rooms(Households.of(DAY.minusYears(40)).with(Relation.CHILD, DAY.minusYears(9))))
                .isEqualTo(2);
        assertThat(rooms(withChildren(Sex.FEMALE, Sex.FEMALE))).isEqualTo(2);
        assertThat(rooms(withChildren(Sex.FEMALE, Sex.MALE))).isEqualTo(3);
    }

    private static Households withChildren(Sex first, Sex second) {
        var born = DAY.minusYears(9);
        return Households.of(DAY.minusYears(40))
                .with(new Person(Relation.CHILD, born, null, null, first))
                .with(new Person(Relation.CHILD, born, null, null, second));
    }

    private int rooms(Households household) {
        return qingdao.homeSize(household.facts(), DAY).orElseThrow().size().rooms();
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource({
        "2026-02-28, 2026-03-01, 2026-04-30",
        "2026-03-01, 2026-03-01, 2026-04-30",
        "2026-04-30, 2026-03-01, 2026-04-30",
        "2026-05-01, 2027-03-01, 2027-04-30"
    })
    void a_review_has_its_window_each_year(LocalDate day, LocalDate from, LocalDate until) {
        assertThat(review(qingdao).window(day)).isEqualTo(new AnnualReview.Window(from, until));
    }

    @ParameterizedTest(name = "{0}: {1} to {2}")
    @CsvSource({
        "2026-11-30, 2026-12-01, 2027-01-31",
        "2027-01-31, 2026-12-01, 2027-01-31",
        "2027-02-01, 2027-12-01, 2028-01-31"
    })
    void a_window_may_lie_around_the_new_year(LocalDate day, LocalDate from, LocalDate until) {
        assertThat(review(linxi).window(day)).isEqualTo(new AnnualReview.Window(from, until));
        assertThat(review(linxi).window(day).contains(day)).isEqualTo(!day.isBefore(from));
    }

    @Test
    void steps_of_a_review_follow_each_other_in_working_days() {
        var due = review(qingdao).due(DAY, calendar);
        assertThat(due)
                .extracting(AnnualReview.Due::dueOn)
                .containsExactly(calendar.plus(DAY, 15), calendar.plus(DAY, 35));
        assertThat(review(qingdao).choice(AnnualReview.Answer.CHANGED).consequence())
                .isEqualTo(AnnualReview.Consequence.RE_EVALUATE);
    }

    private static AnnualReview review(PolicyDocument policy) {
        var review = policy.cases().annualReview();
        assertThat(review).isNotNull();
        return review;
    }

    @Test
    void xuzhou_asks_80_percent_of_market_for_three_months_after_the_end() {
        var outcome = xuzhou.cases().exitGround("arrears").orElseThrow().outcome(LocalDate.of(2026, 11, 30));
        assertThat(outcome.movingUntil()).isEqualTo("2027-02-28");
        var within = new ExitGround.Rent(ExitGround.Basis.MARKET, new BigDecimal("80"));
        var after = new ExitGround.Rent(ExitGround.Basis.MARKET, new BigDecimal("100"));
        assertThat(outcome.rentOn(LocalDate.of(2027, 2, 28))).isEqualTo(within);
        assertThat(outcome.rentOn(LocalDate.of(2027, 3, 1))).isEqualTo(after);
        assertThat(outcome.barredUntil()).isNull();
    }

    @Test
    void deceit_bars_for_five_years_and_has_no_moving_period() {
        var outcome = qingdao.cases().exitGround("deceit").orElseThrow().outcome(DAY);
        assertThat(outcome.movingUntil()).isNull();
        assertThat(outcome.barredUntil()).isEqualTo("2031-03-04");
        assertThat(outcome.trace().text().en())
                .isEqualTo("Deceit: the home is given back at once; no new application until 2031-03-04");
    }

    @Test
    void the_hotline_answers_in_five_working_days_around_a_holiday() {
        // the holiday of 1 October 2026 lies in between: 28, 29, 30 September, then 8 and 9 October
        var days = clock(ComplaintClock.Kind.HOTLINE).days(LocalDate.of(2026, 9, 27), calendar);
        assertThat(days.dueOn()).isEqualTo(calendar.plus(LocalDate.of(2026, 9, 27), 5));
        assertThat(days.warnOn()).isEqualTo(calendar.plus(days.dueOn(), -1));
        assertThat(days.extendedTo()).isEqualTo(calendar.plus(days.dueOn(), 10));
        assertThat(days.refuseTransferBy()).isEqualTo(calendar.plus(LocalDate.of(2026, 9, 27), 2));
        assertThat(days.acceptBy()).isNull();
    }

    @Test
    void a_petition_is_accepted_in_15_days_and_handled_60_days_later() {
        var arrived = LocalDate.of(2026, 1, 5);
        var days = clock(ComplaintClock.Kind.PETITION).days(arrived, LocalDate.of(2026, 1, 12), calendar);
        assertThat(days.acceptBy()).isEqualTo("2026-01-20");
        assertThat(days.dueOn()).isEqualTo("2026-03-13");
        // a Friday is due, the Thursday before it is the warning day
        assertThat(days.warnOn()).isEqualTo("2026-03-12");
        assertThat(days.extendedTo()).isEqualTo("2026-04-12");
        assertThat(days.refuseTransferBy()).isEqualTo("2026-01-12");
        assertThat(days.trace().rule()).isEqualTo("complaints/petition");
        assertThatThrownBy(() -> clock(ComplaintClock.Kind.PETITION).days(arrived, arrived.minusDays(1), calendar))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_city_says_what_a_complaint_may_be_about_and_who_answers() {
        var desk = PolicyFolder.shippedAnd(null).city("370200").orElseThrow().complaints();
        assertThat(desk).isNotNull();
        assertThat(desk.category("home-repair").orElseThrow().office()).isEqualTo("district");
        assertThat(desk.category("home-repair").orElseThrow().joinable()).isTrue();
        assertThat(desk.category("nothing")).isEmpty();
        assertThat(desk.categories())
                .allSatisfy(category -> assertThat(
                                category.joinable() && category.kinds().contains(ComplaintKind.REPORT))
                        .isFalse());
        assertThat(desk.reopenBy(LocalDate.of(2026, 1, 31), calendar)).isEqualTo("2026-03-02");
        assertThat(desk.reviews().askBy(LocalDate.of(2026, 1, 31), calendar)).isEqualTo("2026-03-02");
        assertThat(desk.reviews().rounds()).isEqualTo(2);
    }

    @ParameterizedTest(name = "accepted {0}: due {1}, warned {2}, with the extension {3}")
    @CsvSource({
        // 60 calendar days and 30 more, over month ends and a leap day
        "2026-01-01, 2026-03-02, 2026-02-28, 2026-04-01",
        "2028-01-01, 2028-03-01, 2028-02-29, 2028-03-31",
        "2026-12-31, 2027-03-01, 2027-02-26, 2027-03-31"
    })
    void a_petition_is_due_on_day_60_and_with_leave_on_day_90(
            LocalDate accepted, LocalDate dueOn, LocalDate warnOn, LocalDate extendedTo) {
        var petition = clock(ComplaintClock.Kind.PETITION);
        var due = petition.handling(accepted, calendar);
        assertThat(due).isEqualTo(new ComplaintClock.Due(dueOn, warnOn));
        assertThat(petition.extended(due.on(), calendar).orElseThrow().on()).isEqualTo(extendedTo);
        assertThat(petition.accepting(accepted, calendar).orElseThrow().on()).isEqualTo(accepted.plusDays(15));
    }

    @Test
    void a_warning_never_lies_before_the_start() {
        var clock = new ComplaintClock(
                ComplaintClock.Kind.HOTLINE,
                null,
                new ComplaintClock.Span(1, ComplaintClock.Count.CALENDAR),
                null,
                null);
        assertThat(clock.handling(DAY, calendar)).isEqualTo(new ComplaintClock.Due(DAY.plusDays(1), DAY));
        var saturday = LocalDate.of(2026, 3, 14);
        assertThat(clock.handling(saturday, calendar))
                .isEqualTo(new ComplaintClock.Due(saturday.plusDays(1), saturday));
        assertThat(clock.extended(DAY, calendar)).isEmpty();
        assertThat(clock.refuseTransferBy(DAY, calendar)).isEmpty();
        assertThat(clock.accepting(DAY, calendar)).isEmpty();
    }

    private ComplaintClock clock(ComplaintClock.Kind kind) {
        return qingdao.cases().clock(kind).orElseThrow();
    }
}
