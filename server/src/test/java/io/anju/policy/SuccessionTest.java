package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.problem.Finding;
import io.anju.policy.Succession.Period;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessionTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);

    @ParameterizedTest(name = "{0}: from {1} to {2}, after one that ends {3} and before one that begins {4}")
    @CsvSource(nullValues = "-", textBlock = """
            begins tomorrow,                  2026-03-05, -,          -,          -,          ''
            begins today,                     2026-03-04, -,          -,          -,          policy-begins-too-early
            follows the day after the end,    2026-07-01, -,          2026-06-30, -,          ''
            begins on the last day,           2026-06-30, -,          2026-06-30, -,          policy-periods-overlap
            leaves one day without rules,     2026-07-02, -,          2026-06-30, -,          policy-periods-gap
            ends the day before the next,     2026-07-01, 2026-12-31, 2026-06-30, 2027-01-01, ''
            ends on the first day of next,    2026-07-01, 2027-01-01, 2026-06-30, 2027-01-01, policy-periods-overlap
            has no end before the next,       2026-07-01, -,          2026-06-30, 2027-01-01, policy-periods-overlap
            ends two days before the next,    2026-07-01, 2026-12-30, 2026-06-30, 2027-01-01, policy-periods-gap
            begins with the next,             2027-01-01, -,          2026-12-31, 2027-01-01, policy-periods-overlap
            """)
    void rules_follow_one_another(
            String name,
            LocalDate from,
            @Nullable LocalDate to,
            @Nullable LocalDate endBefore,
            @Nullable LocalDate nextFrom,
            String expected) {
        var others = Stream.of(
                        endBefore == null ? null : new Period("b", "before", LocalDate.of(2020, 1, 1), endBefore),
                        nextFrom == null ? null : new Period("n", "next", nextFrom, null))
                .filter(Objects::nonNull)
                .toList();
        assertThat(codes(Succession.of(meta("new", from, to), "x", others, TODAY)))
                .isEqualTo(expected);
    }

    @Test
    void a_gap_that_the_city_knows_of_is_none_of_ours() {
        var ended = new Period("e", "ended", LocalDate.of(2020, 1, 1), LocalDate.of(2026, 6, 30));
        var text = new Text("规则", "Rules");
        var meta = new PolicyMeta(
                "370200",
                "public-rental",
                "new",
                text,
                text,
                "source",
                "2026-03",
                "C",
                LocalDate.of(2027, 1, 1),
                null,
                true);
        assertThat(Succession.of(meta, "x", List.of(ended), TODAY).findings()).isEmpty();
    }

    @Test
    void rules_without_an_end_are_ended_by_those_that_follow() {
        var open = new Period("o", "open", LocalDate.of(2020, 1, 1), null);
        var succession = Succession.of(meta("new", TODAY.plusDays(1), null), "x", List.of(open), TODAY);
        assertThat(succession.findings()).isEmpty();
        assertThat(succession.toEnd()).isEqualTo(open);
    }

    @Test
    void a_name_and_a_content_are_used_once() {
        var open = new Period("o", "open", LocalDate.of(2020, 1, 1), null);
        assertThat(codes(Succession.of(meta("open", TODAY.plusDays(1), null), "x", List.of(open), TODAY)))
                .isEqualTo("policy-version-taken");
        assertThat(codes(Succession.of(meta("new", TODAY.plusDays(1), null), "o", List.of(open), TODAY)))
                .isEqualTo("policy-known");
    }

    private static String codes(Succession succession) {
        return String.join(
                " ",
                succession.findings().stream()
                        .map(Finding::code)
                        .map(code -> code.id())
                        .toList());
    }

    private static PolicyMeta meta(String version, LocalDate from, @Nullable LocalDate to) {
        var text = new Text("规则", "Rules");
        return new PolicyMeta(
                "370200", "public-rental", version, text, text, "source", "2026-03", "C", from, to, false);
    }
}
