package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.policy.SubsidyCourse.State;
import io.anju.policy.SubsidyEvent.Kind;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 停发、恢复、追缴: a year of 500 yuan a month, drawn as P (payable), S (stopped), R (to recover) or V (void). */
class SubsidyChangesTest {
    private static final long MONTHLY = 50_000;

    @Test
    void a_year_without_events_is_paid_in_full() {
        var course = xuzhou();
        assertThat(drawn(course)).isEqualTo("PPPPPPPPPPPP");
        assertThat(course.payableFen()).isEqualTo(12 * MONTHLY);
        assertThat(course.recoverFen()).isZero();
        assertThat(course.trace()).isEmpty();
    }

    /** From that month for a declared loss; from the month after for what the authority found or a missed declaration. */
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource({
        "LOSS_DECLARED, 2026-03-01, PPSSSSSSSSSS",
        "LOSS_DECLARED, 2026-03-31, PPSSSSSSSSSS",
        "LOSS_DECLARED, 2026-04-01, PPPSSSSSSSSS",
        "FOUND_BY_AUTHORITY, 2026-03-01, PPPSSSSSSSSS",
        "FOUND_BY_AUTHORITY, 2026-03-31, PPPSSSSSSSSS",
        "FOUND_BY_AUTHORITY, 2026-12-31, PPPPPPPPPPPP",
        "DECLARATION_MISSED, 2026-02-28, PPSSSSSSSSSS",
        "DECLARATION_MISSED, 2025-12-31, SSSSSSSSSSSS"
    })
    void stops_from_the_month_that_the_rule_says(Kind kind, LocalDate on, String months) {
        var course = xuzhou(event(kind, on));
        assertThat(drawn(course)).isEqualTo(months);
        assertThat(course.recoverFen()).isZero();
        assertThat(course.payableFen())
                .isEqualTo(MONTHLY * months.chars().filter(c -> c == 'P').count());
    }

    @Test
    void a_declared_change_counts_from_the_month_after() {
        var course = xuzhou(new SubsidyEvent(Kind.CHANGE_DECLARED, LocalDate.of(2026, 5, 1), null, 30_000L));
        assertThat(course.months()).extracting(SubsidyCourse.Month::fen).startsWith(50_000L, 50_000L, 50_000L, 50_000L);
        assertThat(course.months().get(4).fen()).isEqualTo(50_000);
        assertThat(course.months().get(5).fen()).isEqualTo(30_000);
        assertThat(course.payableFen()).isEqualTo(5 * 50_000 + 7 * 30_000);
        assertThat(course.trace().get(0).text().zh()).isEqualTo("2026-05-01 申报变动，自次月（2026-06）起按每月 300.00 元发放");
    }

    @Test
    void what_is_made_up_resumes_the_month_after_without_back_pay() {
        var course = xuzhou(
                event(Kind.DECLARATION_MISSED, LocalDate.of(2026, 2, 28)),
                event(Kind.DECLARATION_MADE_UP, LocalDate.of(2026, 5, 10)));
        assertThat(drawn(course)).isEqualTo("PPSSSPPPPPPP");
        assertThat(course.payableFen()).isEqualTo(9 * MONTHLY);
    }

    @Test
    void what_is_made_up_in_the_same_month_loses_nothing() {
        var course = xuzhou(
                event(Kind.DECLARATION_MISSED, LocalDate.of(2026, 2, 10)),
                event(Kind.DECLARATION_MADE_UP, LocalDate.of(2026, 2, 28)));
        assertThat(drawn(course)).isEqualTo("PPPPPPPPPPPP");
    }

    @Test
    void making_up_a_declaration_lifts_no_other_stop() {
        var course = xuzhou(
                event(Kind.DECLARATION_MISSED, LocalDate.of(2026, 2, 28)),
                event(Kind.FOUND_BY_AUTHORITY, LocalDate.of(2026, 6, 15)),
                event(Kind.DECLARATION_MADE_UP, LocalDate.of(2026, 7, 1)));
        assertThat(drawn(course)).isEqualTo("PPSSSSSSSSSS");
    }

    @Test
    void a_second_missed_declaration_stops_again() {
        var course = xuzhou(
                event(Kind.DECLARATION_MADE_UP, LocalDate.of(2026, 3, 10)),
                event(Kind.DECLARATION_MISSED, LocalDate.of(2026, 1, 31)),
                event(Kind.DECLARATION_MISSED, LocalDate.of(2026, 8, 31)));
        assertThat(drawn(course)).isEqualTo("PSSPPPPPSSSS");
    }

    @Test
    void false_papers_stop_and_take_back() {
        var course =
                xuzhou(new SubsidyEvent(Kind.FALSE_PAPERS, LocalDate.of(2026, 6, 3), LocalDate.of(2026, 2, 20), null));
        assertThat(drawn(course)).isEqualTo("PRRRRSSSSSSS");
        assertThat(course.recoverFen()).isEqualTo(4 * MONTHLY);
        assertThat(course.payableFen()).isEqualTo(MONTHLY);
        assertThat(course.trace().get(0).fen()).isEqualTo(4 * MONTHLY);
        assertThat(course.trace().get(0).text().zh()).contains("追缴自 2026-02-20 起已发放的 2000.00 元");
    }

    /** More than six months: the day on which the six months end is not yet more. */
    @ParameterizedTest(name = "since {0}, on {1}: {2}")
    @CsvSource({
        "2026-01-15, 2026-07-15, PPPPPPPPPPPP",
        "2026-01-15, 2026-07-16, RRRRRRSSSSSS",
        "2026-02-28, 2026-08-28, PPPPPPPPPPPP",
        "2026-02-28, 2026-08-29, PRRRRRRSSSSS",
        "2025-08-31, 2026-02-28, PPPPPPPPPPPP",
        "2025-08-31, 2026-03-01, RRSSSSSSSSSS"
    })
    void not_living_there_for_more_than_six_months_stops_and_takes_back(LocalDate since, LocalDate on, String months) {
        assertThat(drawn(xuzhou(new SubsidyEvent(Kind.NOT_LIVING_THERE, on, since, null))))
                .isEqualTo(months);
    }

    @Test
    void what_was_stopped_is_not_taken_back() {
        var course = xuzhou(
                event(Kind.DECLARATION_MISSED, LocalDate.of(2026, 2, 28)),
                event(Kind.DECLARATION_MADE_UP, LocalDate.of(2026, 4, 1)),
                new SubsidyEvent(Kind.FALSE_PAPERS, LocalDate.of(2026, 8, 1), LocalDate.of(2026, 1, 1), null));
        assertThat(drawn(course)).isEqualTo("RRSSRRRSSSSS");
        assertThat(course.recoverFen()).isEqualTo(5 * MONTHLY);
    }

    @ParameterizedTest(name = "{0} and {1} months unpaid: {2}")
    @CsvSource({
        "2026-01-01, 2026-06-30, PPPPPPPPPPPP",
        "2026-01-01, 2026-07-01, VVVVVVVPPPPP",
        "2026-06-15, 2026-12-31, PPPPPVVVVVVV"
    })
    void xiamen_voids_what_was_unpaid_for_more_than_six_months(LocalDate since, LocalDate on, String months) {
        assertThat(drawn(course(Samples.xiamen(), new SubsidyEvent(Kind.OWN_SHARE_UNPAID, on, since, null))))
                .isEqualTo(months);
    }

    @Test
    void unpaid_months_count_together() {
        var first = new SubsidyEvent(Kind.OWN_SHARE_UNPAID, LocalDate.of(2026, 3, 31), LocalDate.of(2026, 1, 1), null);
        var second = new SubsidyEvent(Kind.OWN_SHARE_UNPAID, LocalDate.of(2026, 9, 30), LocalDate.of(2026, 6, 1), null);
        assertThat(drawn(course(Samples.xiamen(), first))).isEqualTo("PPPPPPPPPPPP");
        assertThat(drawn(course(Samples.xiamen(), second, first))).isEqualTo("VVVPPVVVVPPP");
    }

    @Test
    void refuses_an_event_that_no_rule_is_about() {
        assertThatThrownBy(() -> course(Samples.xiamen(), event(Kind.LOSS_DECLARED, LocalDate.of(2026, 1, 1))))
                .hasMessage("the document has no rule about loss-declared");
    }

    @Test
    void asks_for_the_beginning_where_the_rule_needs_it() {
        assertThatThrownBy(() -> xuzhou(event(Kind.FALSE_PAPERS, LocalDate.of(2026, 1, 1))))
                .isInstanceOf(MissingFactException.class)
                .hasMessage("the rule needs the fact since of false-papers");
    }

    /** Every order in which the events come in gives the same course. */
    @Test
    void the_order_of_the_events_does_not_matter() {
        var events = new ArrayList<>(List.of(
                event(Kind.DECLARATION_MISSED, LocalDate.of(2026, 2, 28)),
                event(Kind.DECLARATION_MADE_UP, LocalDate.of(2026, 4, 1)),
                event(Kind.FOUND_BY_AUTHORITY, LocalDate.of(2026, 9, 9))));
        var expected = drawn(xuzhou(events.toArray(SubsidyEvent[]::new)));
        Collections.reverse(events);
        assertThat(drawn(xuzhou(events.toArray(SubsidyEvent[]::new)))).isEqualTo(expected);
    }

    private static SubsidyEvent event(Kind kind, LocalDate on) {
        return new SubsidyEvent(kind, on, null, null);
    }

    private static SubsidyCourse xuzhou(SubsidyEvent... events) {
        return course(Samples.xuzhouSubsidy(), events);
    }

    private static SubsidyCourse course(PolicyDocument document, SubsidyEvent... events) {
        var history = new SubsidyHistory(YearMonth.of(2026, 1), YearMonth.of(2026, 12), MONTHLY, Arrays.asList(events));
        return document.money().subsidyCourse(history).orElseThrow();
    }

    private static String drawn(SubsidyCourse course) {
        return course.months().stream()
                .map(SubsidyCourse.Month::state)
                .map(state -> state == State.TO_RECOVER ? "R" : state.name().substring(0, 1))
                .collect(Collectors.joining());
    }
}
