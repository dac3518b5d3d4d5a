package io.anju.arrears;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.arrears.ArrearsCase.Pause;
import io.anju.policy.Arrears;
import io.anju.policy.ArrearsRelief.PauseReason;
import io.anju.policy.OverdueStretch;
import io.anju.rent.Bill.Charge;
import io.anju.rent.Debts.Debt;
import io.anju.rent.Debts.Settled;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Days, months and sums of arrears. */
class ArrearsPolicyTest {
    private static final UUID BILL = UUID.randomUUID();
    private static final LocalDate DUE = day("2028-02-01");

    private static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    private static Debt debt(String from, String to, String dueOn, long fen) {
        return new Debt(BILL, BILL, Charge.RENT, day(from), day(to), day(dueOn), day(from), fen, fen, 0, null);
    }

    private static Pause pause(String from, String to, String endedOn) {
        var end = endedOn.isEmpty() ? null : day(endedOn);
        var note = end == null ? null : "结束";
        return new Pause(
                BILL, BILL, day(from), "440100", PauseReason.HOSPITAL, day(from), day(to), "住院", null, end, note);
    }

    @Test
    void nothing_overdue_is_no_arrears() {
        assertThat(ArrearsPolicy.arrears(List.of())).isEmpty();
    }

    @Test
    void counts_from_the_oldest_bill_and_whole_months_only() {
        var owed = ArrearsPolicy.arrears(List.of(
                debt("2026-03-04", "2026-03-31", "2026-03-04", 36_111),
                debt("2026-04-01", "2026-04-30", "2026-04-01", 39_980),
                debt("2026-07-01", "2026-09-30", "2026-07-01", 119_940)));
        assertThat(owed).contains(new Arrears(day("2026-03-04"), 196_031, 3, 4));
        assertThat(ArrearsPolicy.days(day("2026-03-04"), day("2026-03-05"))).isEqualTo(1);
        assertThat(ArrearsPolicy.days(day("2026-03-04"), day("2026-03-04"))).isZero();
    }

    @Test
    void a_leap_february_is_one_month_and_29_days() {
        var february = debt("2028-02-01", "2028-02-29", "2028-02-01", 100);
        assertThat(ArrearsPolicy.months(february)).isEqualTo(1);
        assertThat(ArrearsPolicy.stretches(february, List.of(), List.of(), day("2028-02-29")))
                .containsExactly(new OverdueStretch(100, 28));
        assertThat(ArrearsPolicy.stretches(february, List.of(), List.of(), day("2028-03-01")))
                .containsExactly(new OverdueStretch(100, 29));
    }

    @Test
    void a_payment_counts_from_the_day_after_it() {
        var settled = List.of(new Settled(BILL, day("2028-02-05"), 40), new Settled(BILL, day("2028-02-10"), 60));
        var debt = debt("2028-02-01", "2028-02-29", "2028-02-01", 100);
        assertThat(ArrearsPolicy.stretches(debt, settled, List.of(), day("2028-03-31")))
                .containsExactly(new OverdueStretch(100, 4), new OverdueStretch(60, 5));
    }

    @Test
    void what_was_paid_before_the_day_costs_nothing_and_what_went_back_costs_again() {
        var debt = debt("2028-02-01", "2028-02-29", "2028-02-01", 100);
        var before = List.of(new Settled(BILL, day("2028-01-20"), 70), new Settled(BILL, DUE, 30));
        assertThat(ArrearsPolicy.stretches(debt, before, List.of(), day("2028-02-20")))
                .isEmpty();
        var refunded = List.of(new Settled(BILL, DUE, 100), new Settled(BILL, day("2028-02-10"), -100));
        assertThat(ArrearsPolicy.stretches(debt, refunded, List.of(), day("2028-02-12")))
                .containsExactly(new OverdueStretch(100, 2));
    }

    @Test
    void paused_days_cost_nothing_and_two_pauses_of_a_day_are_one() {
        var debt = debt("2028-02-01", "2028-02-29", "2028-02-01", 100);
        var pauses = List.of(
                pause("2028-02-05", "2028-02-08", ""),
                pause("2028-02-08", "2028-02-20", "2028-02-10"),
                pause("2028-02-15", "2028-02-18", "2028-02-15"));
        assertThat(ArrearsPolicy.pausedDays(pauses, DUE, day("2028-02-29"))).isEqualTo(5);
        assertThat(ArrearsPolicy.stretches(debt, List.of(), pauses, day("2028-02-11")))
                .containsExactly(new OverdueStretch(100, 5));
        assertThat(ArrearsPolicy.isPaused(pauses, day("2028-02-10"))).isFalse();
        assertThat(ArrearsPolicy.isPaused(pauses, day("2028-02-15"))).isFalse();
    }
}
