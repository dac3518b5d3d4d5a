package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.time.WorkingDays;
import io.anju.policy.MoneyRules;
import io.anju.policy.PolicyFolder;
import io.anju.rent.RentPlan.Amount;
import io.anju.rent.RentPlan.Line;
import io.anju.rent.RentPlan.Part;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines of leases whose rent changes, ends early, or is not known for ever. */
class RentPlanTest {
    private static final WorkingDays CALENDAR = WorkingDays.load();
    private static final PolicyFolder FOLDER = PolicyFolder.shipped();
    private static final MoneyRules BY_MONTH = rules("440100");
    private static final MoneyRules BY_QUARTER = rules("320300");

    private static MoneyRules rules(String cityCode) {
        return FOLDER.documents().stream()
                .filter(document -> document.cityCode().equals(cityCode)
                        && document.programme().equals("public-rental")
                        && document.version().equals("2026-1"))
                .findFirst()
                .orElseThrow()
                .money();
    }

    private static LocalDate date(String day) {
        return LocalDate.parse(day);
    }

    private static RentPlan plan(String from, String to, String lastDay, Part... parts) {
        return new RentPlan(date(from), date(to), date(lastDay), List.of(parts));
    }

    private static Part part(String from, long rentFen) {
        return new Part(date(from), null, rentFen, 0);
    }

    /** 29 February counts: 14 of 29 days cost 14/29 of the month. */
    @ParameterizedTest
    @CsvSource({"2028-02-14, 14966", "2028-02-29, 31000", "2027-02-14, 15500", "2027-02-28, 31000"})
    void a_lease_that_ends_within_february_is_billed_by_its_days(LocalDate lastDay, long fen) {
        var plan = new RentPlan(
                lastDay.withDayOfMonth(1),
                lastDay.plusYears(1),
                lastDay,
                List.of(new Part(lastDay.withDayOfMonth(1), null, 31_000, 0)));
        assertThat(plan.lines(BY_MONTH, CALENDAR))
                .extracting(line -> line.amount().fen())
                .containsExactly(fen);
    }

    @Test
    void a_quarter_with_two_rents_is_each_by_its_days() {
        var plan =
                plan("2026-01-15", "2027-01-14", "2027-01-14", part("2026-01-15", 28_000), part("2026-03-01", 56_000));
        var first = plan.lines(BY_QUARTER, CALENDAR).get(0);
        // 15 January to 14 February whole, 14 of the 28 days to 28 February, then the rest at the double
        assertThat(first.amount()).isEqualTo(new Amount(28_000 + 14_000 + 28_000 + 56_000, 0));
        assertThat(first.to()).isEqualTo(date("2026-04-14"));
    }

    @Test
    void what_is_not_known_to_the_end_of_a_period_is_marked() {
        var plan =
                plan("2026-01-01", "2026-06-30", "2026-06-30", new Part(date("2026-01-01"), date("2026-03-15"), 1, 0));
        assertThat(plan.lines(BY_MONTH, CALENDAR))
                .extracting(Line::known)
                .containsExactly(true, true, false, false, false, false);
        var renewed = plan(
                "2026-01-01",
                "2026-06-30",
                "2026-06-30",
                new Part(date("2026-01-01"), date("2026-03-15"), 1, 0),
                part("2026-03-16", 2));
        assertThat(renewed.lines(BY_MONTH, CALENDAR)).extracting(Line::known).doesNotContain(false);
    }

    /** However a period is cut, the parts come to the whole: nobody is billed a fen twice or not at all. */
    @Test
    void the_parts_of_a_period_come_to_the_whole() {
        var seed = 20_261_122L;
        var random = new Random(seed);
        for (var i = 0; i < 300; i++) {
            var rules = random.nextBoolean() ? BY_MONTH : BY_QUARTER;
            var from = date("2026-01-01").plusDays(random.nextInt(800));
            var to = from.plusDays(40 + random.nextInt(900));
            var change = from.plusDays(1 + random.nextInt(35));
            var plan = new RentPlan(
                    from,
                    to,
                    to,
                    List.of(
                            new Part(from, null, random.nextInt(300_000), 0),
                            new Part(change, null, random.nextInt(300_000), 0)));
            for (var line : plan.lines(rules, CALENDAR)) {
                var days = (int) ChronoUnit.DAYS.between(line.from(), line.to());
                if (days > 0) {
                    var cut = line.from().plusDays(1 + random.nextInt(days));
                    var parts = plan.amount(rules, CALENDAR, line.from(), cut.minusDays(1))
                            .plus(plan.amount(rules, CALENDAR, cut, line.to()));
                    assertThat(parts)
                            .as("seed %d, round %d: %s of %s cut at %s", seed, i, line, plan, cut)
                            .isEqualTo(line.amount());
                }
            }
        }
    }
}
