package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.time.WorkingDays;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periods, amounts and due days of leases. */
class BillingTest {
    private static final WorkingDays CALENDAR = WorkingDays.load();
    private static final long RENT = 31_000;

    @Test
    void xuzhou_bills_a_quarter_ten_days_ahead() {
        var bills = Samples.xuzhou()
                .money()
                .billing(new LeaseTerm(date("2026-01-15"), date("2027-01-14")), 28_000, CALENDAR);
        assertThat(bills)
                .containsExactly(
                        new BillingPeriod(1, date("2026-01-15"), date("2026-04-14"), date("2026-01-15"), 84_000),
                        new BillingPeriod(2, date("2026-04-15"), date("2026-07-14"), date("2026-04-05"), 84_000),
                        new BillingPeriod(3, date("2026-07-15"), date("2026-10-14"), date("2026-07-05"), 84_000),
                        new BillingPeriod(4, date("2026-10-15"), date("2027-01-14"), date("2026-10-05"), 84_000));
    }

    @Test
    void a_lease_from_the_31st_keeps_to_month_ends() {
        var bills = bills("month", "lease", "daysAhead: 0", "by-day", "2028-01-31", "2028-05-30");
        assertThat(bills)
                .extracting(BillingPeriod::from)
                .containsExactly(date("2028-01-31"), date("2028-02-29"), date("2028-03-31"), date("2028-04-30"));
        assertThat(bills).extracting(BillingPeriod::fen).containsOnly(RENT);
        assertThat(bills("month", "lease", "daysAhead: 0", "by-day", "2027-01-31", "2027-03-30"))
                .extracting(BillingPeriod::to)
                .containsExactly(date("2027-02-27"), date("2027-03-30"));
    }

    /** A lease from 17 February to 10 May by calendar months: 12 of 28 days (13 of 29), two months, 10 of 31. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "2027, by-day, 13286, 10000",
        "2028, by-day, 13897, 10000",
        "2027, thirty-days, 12400, 10333",
        "2028, thirty-days, 13433, 10333",
        "2027, whole-month, 31000, 31000"
    })
    void part_of_a_month_costs_what_the_document_says(String year, String part, long first, long last) {
        var bills = bills("month", "calendar", "daysAhead: 0", part, year + "-02-17", year + "-05-10");
        assertThat(bills).extracting(BillingPeriod::fen).containsExactly(first, RENT, RENT, last);
    }

    @Test
    void calendar_quarters_begin_in_january_april_july_and_october() {
        var bills = bills("quarter", "calendar", "daysAhead: 0", "by-day", "2027-02-01", "2027-12-31");
        assertThat(bills)
                .extracting(BillingPeriod::from)
                .containsExactly(date("2027-02-01"), date("2027-04-01"), date("2027-07-01"), date("2027-10-01"));
        assertThat(bills).extracting(BillingPeriod::fen).containsExactly(2 * RENT, 3 * RENT, 3 * RENT, 3 * RENT);
    }

    /** 1 October 2026 is a holiday; the days before it count back over the adjusted calendar. */
    @Test
    void due_days_know_the_working_days() {
        var ahead = bills("month", "calendar", "workingDaysAhead: 3", "by-day", "2026-09-01", "2026-10-31");
        assertThat(ahead.get(1).dueOn()).isEqualTo(CALENDAR.plus(date("2026-10-01"), -3));
        var before = bills(
                "month",
                "calendar",
                "daysAhead: 0, ifDayOff: working-day-before",
                "by-day",
                "2026-09-01",
                "2026-10-31");
        assertThat(before.get(1).dueOn()).isEqualTo(CALENDAR.plus(date("2026-10-01"), -1));
        var after = bills(
                "month", "calendar", "daysAhead: 0, ifDayOff: working-day-after", "by-day", "2026-09-01", "2026-10-31");
        assertThat(after.get(1).dueOn()).isEqualTo(CALENDAR.plus(date("2026-10-01"), 1));
        assertThat(CALENDAR.isWorkingDay(date("2026-10-01"))).isFalse();
    }

    @Test
    void nothing_is_due_before_the_lease_begins() {
        assertThat(bills("year", "lease", "daysAhead: 30", "by-day", "2026-01-01", "2027-12-31"))
                .extracting(BillingPeriod::dueOn)
                .containsExactly(date("2026-01-01"), date("2026-12-02"));
    }

    /** Whatever the rhythm: every day has one bill, and whole months add up to the rent. */
    @Test
    void every_day_of_a_lease_is_billed_once() {
        var seed = 20261122L;
        var random = new Random(seed);
        for (var i = 0; i < 500; i++) {
            var from = date("2024-01-01").plusDays(random.nextInt(1_000));
            var months = 1 + random.nextInt(30);
            var to = from.plusMonths(months).minusDays(1);
            var every = List.of("month", "quarter", "half-year", "year").get(random.nextInt(4));
            var anchor = random.nextBoolean() ? "lease" : "calendar";
            var bills = bills(every, anchor, "daysAhead: 5", "by-day", from.toString(), to.toString());
            var what = "seed " + seed + ", round " + i + ": " + from + " to " + to + " by " + every + " of " + anchor;
            var next = from;
            long sum = 0;
            for (var bill : bills) {
                assertThat(bill.from()).as(what).isEqualTo(next);
                assertThat(bill.fen()).as(what).isNotNegative();
                next = bill.to().plusDays(1);
                sum += bill.fen();
            }
            assertThat(next).as(what).isEqualTo(to.plusDays(1));
            if (anchor.equals("lease")) {
                assertThat(sum).as(what).isEqualTo(months * RENT);
            }
        }
    }

    private static List<BillingPeriod> bills(
            String every, String anchor, String due, String part, String from, String to) {
        var document = MoneyDocument.read("""
                billing:
                  every: %s
                  anchor: %s
                  due: {%s}
                  partialMonth: %s
                  rounding: {unit: fen, mode: half-up}
                """.formatted(every, anchor, due, part));
        return document.money().billing(new LeaseTerm(date(from), date(to)), RENT, CALENDAR);
    }

    private static LocalDate date(String day) {
        return LocalDate.parse(day);
    }
}
