package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.time.WorkingDays;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rent, deposit, late fee and arrears of the samples, to the fen. */
class TenancyMoneyTest {
    private static final WorkingDays CALENDAR = WorkingDays.load();
    private static final TenancyFacts HOME = new TenancyFacts(new BigDecimal("50.00"), null, 3_000L, null, List.of());

    private final MoneyRules xuzhou = Samples.xuzhou().money();

    /** 5.60 yuan per ㎡. */
    @ParameterizedTest(name = "{0} ㎡: {1} fen")
    @CsvSource({"50.00, 28000", "49.99, 27994", "50.01, 28006", "0.01, 6"})
    void xuzhou_asks_5_yuan_60_for_each_sqm(BigDecimal area, long fen) {
        var tenancy = new TenancyFacts(area, null, null, null, List.of());
        var rent = xuzhou.rent(Households.single().facts(), tenancy, AS_OF).orElseThrow();
        assertThat(rent.monthlyFen()).isEqualTo(fen);
        assertThat(rent.tier()).isEqualTo("everyone");
    }

    @Test
    void the_deposit_is_1000_yuan() {
        assertThat(xuzhou.deposit(HOME, 28_000L, AS_OF).orElseThrow().fen()).isEqualTo(100_000);
        var months = MoneyDocument.read("deposit: {monthsOfRent: 2, text: {zh: '{months}', en: '{yuan}'}}\n")
                .money()
                .deposit(HOME, 28_001L, AS_OF)
                .orElseThrow();
        assertThat(months.fen()).isEqualTo(56_002);
        assertThat(months.text()).isEqualTo(new Text("2", "560.02"));
    }

    /** 2 % of 280 yuan are 5.60 yuan a day, never more than what is overdue. */
    @ParameterizedTest(name = "{0} fen, {1} days: {2}")
    @CsvSource({
        "28000, 0, 0, false",
        "28000, 1, 560, false",
        "28000, 49, 27440, false",
        "28000, 50, 28000, false",
        "28000, 51, 28000, true",
        "84000, 149, 83440, false",
        "84000, 150, 84000, false",
        "84000, 151, 84000, true",
        "559, 1, 559, true",
        "560, 1, 560, false",
        "0, 100, 0, false"
    })
    void xuzhou_charges_two_percent_of_the_monthly_rent_a_day(long overdueFen, int days, long fen, boolean capped) {
        var fee = xuzhou.lateFee(overdueFen, 28_000, days).orElseThrow();
        assertThat(fee.fen()).isEqualTo(fen);
        assertThat(fee.bound().isEmpty()).isEqualTo(!capped);
    }

    @ParameterizedTest(name = "{0} fen, {1} days: {2}")
    @CsvSource({"100000, 1, 300", "100000, 365, 109500", "100, 1, 0", "167, 1, 1", "166, 1, 0"})
    void xiamen_charges_three_permille_of_what_is_overdue(long overdueFen, int days, long fen) {
        assertThat(Samples.xiamen()
                        .money()
                        .lateFee(overdueFen, 1, days)
                        .orElseThrow()
                        .fen())
                .isEqualTo(fen);
    }

    @Test
    void refuses_negative_amounts() {
        assertThatThrownBy(() -> xuzhou.lateFee(-1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> xuzhou.lateFee(1, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** One day before and on the day of each step; 15 working days from 21 September 2026 end on 19 October. */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "2026-09-20, ''",
        "2026-09-21, ''",
        "2026-09-22, kind-reminder",
        "2026-10-18, kind-reminder",
        "2026-10-20, formal-notice",
        "2026-10-21, estate-notice",
        "2026-11-20, estate-notice",
        "2026-11-21, credit-record",
        "2026-12-20, credit-record",
        "2026-12-21, court-file"
    })
    void the_ladder_climbs_day_by_day(LocalDate day, String step) {
        var due = arrears(Households.single(), new Arrears(LocalDate.of(2026, 9, 21), 84_000, 2, 2), day)
                .highestDue()
                .map(ArrearsAnswer.Step::id);
        assertThat(due.orElse("")).isEqualTo(step);
    }

    @Test
    void working_days_follow_the_calendar() {
        var since = LocalDate.of(2026, 9, 21);
        var steps = arrears(Households.single(), new Arrears(since, 84_000, 1, 1), since)
                .steps();
        assertThat(steps.get(1).dueOn()).isEqualTo(CALENDAR.plus(since, 15));
        assertThat(steps).allMatch(step -> step.state() == ArrearsAnswer.State.NOT_YET);
    }

    @Test
    void months_end_on_the_last_day_of_a_short_month() {
        var steps = arrears(
                        Households.single(), new Arrears(LocalDate.of(2026, 12, 31), 84_000, 1, 1), AS_OF.plusDays(90))
                .steps();
        assertThat(steps).extracting(ArrearsAnswer.Step::dueOn).contains(LocalDate.of(2027, 2, 28));
    }

    @Test
    void guards_hold_a_step_back() {
        var since = LocalDate.of(2026, 1, 1);
        var poor = arrears(
                Households.single().groups("extreme-hardship"),
                new Arrears(since, 50_000, 2, 2),
                LocalDate.of(2026, 3, 1));
        assertThat(poor.steps().get(3).state()).isEqualTo(ArrearsAnswer.State.HELD_BACK);
        assertThat(poor.highestDue().orElseThrow().id()).isEqualTo("estate-notice");
        for (var fen : List.of(49_999L, 50_000L, 50_001L)) {
            var answer = arrears(Households.single(), new Arrears(since, fen, 2, 2), LocalDate.of(2026, 3, 1));
            assertThat(answer.steps().get(3).state())
                    .isEqualTo(fen < 50_000 ? ArrearsAnswer.State.HELD_BACK : ArrearsAnswer.State.DUE);
        }
        assertThat(arrears(Households.single(), new Arrears(since, 0, 0, 0), AS_OF)
                        .highestDue())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} months in all: {1}")
    @CsvSource({"2, false", "3, true", "4, true"})
    void three_months_of_arrears_end_the_lease(int months, boolean ends) {
        var answer = arrears(Households.single(), new Arrears(LocalDate.of(2026, 9, 1), 84_000, 1, months), AS_OF);
        assertThat(answer.endsLease()).isEqualTo(ends);
    }

    /** 50 ㎡ × 30 yuan: 80 % for three months, then all of it. */
    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "2026-11-30, moving-period, 120000",
        "2027-02-27, moving-period, 120000",
        "2027-02-28, market-rent, 150000",
        "2028-01-01, market-rent, 150000"
    })
    void after_the_end_three_months_at_80_percent_of_the_market(LocalDate day, String stage, long fen) {
        var step = xuzhou.rentAfterEnd(HOME, LocalDate.of(2026, 11, 30), day).orElseThrow();
        assertThat(step.id()).isEqualTo(stage);
        assertThat(step.fen()).isEqualTo(fen);
    }

    @Test
    void what_a_document_is_silent_about_is_empty() {
        var qingdao = Samples.qingdao().money();
        var household = Households.single().facts();
        assertThat(qingdao.rent(household, HOME, AS_OF)).isEmpty();
        assertThat(qingdao.subsidy(household, HOME, AS_OF)).isEmpty();
        assertThat(qingdao.deposit(HOME, 1L, AS_OF)).isEmpty();
        assertThat(qingdao.lateFee(1, 1, 1)).isEmpty();
        assertThat(qingdao.billing(new LeaseTerm(AS_OF, AS_OF), 1, CALENDAR)).isEmpty();
        assertThat(qingdao.rentAfterEnd(HOME, AS_OF, AS_OF)).isEmpty();
    }

    private ArrearsAnswer arrears(Households household, Arrears arrears, LocalDate day) {
        return xuzhou.arrears(household.facts(), arrears, day, CALENDAR).orElseThrow();
    }
}
