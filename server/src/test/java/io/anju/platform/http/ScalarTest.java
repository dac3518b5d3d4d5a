package io.anju.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTest {
    private static final Scalar<Integer> COUNT = Scalar.int32(1, 9);
    private static final Scalar<Long> FEN = Scalar.int64(0, 1_000_000_000_000L);

    private enum Relation {
        APPLICANT,
        SPOUSE
    }

    @ParameterizedTest
    @CsvSource({
        "1, ",
        "9, ",
        "0, TOO_SMALL",
        "-99999999999999999999, TOO_SMALL",
        "10, TOO_LARGE",
        "99999999999999999999999, TOO_LARGE",
        "1.0, WRONG_TYPE",
        "1e0, WRONG_TYPE",
        "'\"1\"', WRONG_TYPE",
        "true, WRONG_TYPE",
        "[1], WRONG_TYPE"
    })
    void whole_numbers_in_a_body(String json, @Nullable FormProblem problem) {
        assertThat(faults(COUNT, json)).isEqualTo(problem == null ? List.of() : List.of(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "5, ",
        "05, ",
        "+5, WRONG_TYPE",
        "'', WRONG_TYPE",
        "-, WRONG_TYPE",
        "５, WRONG_TYPE",
        "1_0, WRONG_TYPE",
        "0, TOO_SMALL",
        "9999999999999999999, TOO_LARGE",
        "-9999999999999999999, TOO_SMALL"
    })
    void whole_numbers_in_a_query(String text, @Nullable FormProblem problem) {
        assertThat(faultsOfText(COUNT, text)).isEqualTo(problem == null ? List.of() : List.of(problem));
    }

    @Test
    void money_keeps_every_fen() {
        assertThat(value(FEN, "1000000000000")).isEqualTo(1_000_000_000_000L);
        assertThat(faults(FEN, "1000000000001")).containsExactly(FormProblem.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-29", "2026-12-31", "0001-01-01"})
    void dates_that_exist(String date) {
        assertThat(value(Scalar.DATE, '"' + date + '"')).isEqualTo(LocalDate.parse(date));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2025-02-29", "2026-13-01", "2026-1-1", "26-01-01", "+12026-01-01", "2026-01-01T00:00:00Z", ""})
    void dates_that_do_not(String date) {
        assertThat(faults(Scalar.DATE, '"' + date + '"')).containsExactly(FormProblem.NOT_A_DATE);
    }

    @Test
    void instants_carry_their_offset() {
        assertThat(value(Scalar.INSTANT, "\"2026-03-01T16:30:00+08:00\""))
                .isEqualTo(Instant.parse("2026-03-01T08:30:00Z"));
        assertThat(faults(Scalar.INSTANT, "\"2026-03-01T16:30:00\"")).containsExactly(FormProblem.NOT_AN_INSTANT);
        assertThat(faults(Scalar.INSTANT, "\"+99999-03-01T16:30:00Z\"")).containsExactly(FormProblem.NOT_AN_INSTANT);
        assertThat(faults(Scalar.INSTANT, "1772353800")).containsExactly(FormProblem.WRONG_TYPE);
    }

    @Test
    void identifiers_are_whole_uuids() {
        var id = "01987a54-7c00-7a5b-8f3e-6d2c1b0a9f88";
        assertThat(value(Scalar.IDENTIFIER, '"' + id + '"')).isEqualTo(UUID.fromString(id));
        for (String wrong : List.of(
                "1-1-1-1-1",
                "01987a547c007a5b8f3e6d2c1b0a9f88",
                id + "0",
                id.replace('5', 'g'),
                id.replace('5', '٥'))) {
            assertThat(faults(Scalar.IDENTIFIER, '"' + wrong + '"')).containsExactly(FormProblem.NOT_A_UUID);
        }
    }

    @Test
    void truth_is_true_or_false() {
        assertThat(value(Scalar.TRUTH, "true")).isTrue();
        assertThat(faults(Scalar.TRUTH, "\"true\"")).containsExactly(FormProblem.WRONG_TYPE);
        assertThat(faults(Scalar.TRUTH, "1")).containsExactly(FormProblem.WRONG_TYPE);
        assertThat(faultsOfText(Scalar.TRUTH, "TRUE")).containsExactly(FormProblem.WRONG_TYPE);
    }

    @Test
    void choices_go_by_their_name_on_the_wire() {
        var relation = Scalar.choice(Relation.values(), value -> value.name().toLowerCase(java.util.Locale.ROOT));
        assertThat(value(relation, "\"spouse\"")).isEqualTo(Relation.SPOUSE);
        assertThat(faults(relation, "\"SPOUSE\"")).containsExactly(FormProblem.NOT_IN_LIST);
    }

    @Test
    void length_is_counted_in_code_points() {
        var name = Scalar.text(2, 3, null);
        assertThat(value(name, "\"𠮷𠮷𠮷\"")).isEqualTo("𠮷𠮷𠮷");
        assertThat(faults(name, "\"𠮷𠮷𠮷𠮷\"")).containsExactly(FormProblem.TOO_LONG);
        assertThat(faults(name, "\"𠮷\"")).containsExactly(FormProblem.TOO_SHORT);
    }

    @Test
    void a_pattern_means_the_whole_text_and_no_line_break_behind_it() {
        var code = Scalar.text(1, 20, "^\\d{6}$");
        assertThat(faults(code, "\"370200\"")).isEmpty();
        assertThat(faults(code, "\"370200\\n\"")).containsExactly(FormProblem.PATTERN);
        assertThat(faults(code, "\"３７０２００\"")).containsExactly(FormProblem.PATTERN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u0007", "\\u001b[31m", "\\u007f", "\\ud842", "\\udfb7\\ud842"})
    void text_holds_no_control_characters_and_no_halves_of_characters(String escape) {
        assertThat(faults(Scalar.text(0, 100, null), "\"a" + escape + "\"")).containsExactly(FormProblem.BAD_CHARACTER);
    }

    @Test
    void text_may_have_lines() {
        assertThat(faults(Scalar.text(0, 100, null), "\"一\\n二\\r\\n三\\t四\"")).isEmpty();
    }

    @Test
    void decimals_are_exact_and_their_exponent_is_bounded() {
        assertThat(value(Scalar.decimal(), "0.1")).isEqualTo(new java.math.BigDecimal("0.1"));
        assertThat(faults(Scalar.decimal(), "1e999999999")).containsExactly(FormProblem.WRONG_TYPE);
    }

    private static <T> @Nullable T value(Scalar<T> scalar, String json) {
        return scalar.read(Input.root(tree(json), new Violations()));
    }

    private static List<FormProblem> faults(Scalar<?> scalar, String json) {
        var violations = new Violations();
        var value = scalar.read(Input.root(tree(json), violations));
        assertThat(value == null).isEqualTo(!violations.isEmpty());
        return violations.findings().stream()
                .map(finding -> (FormProblem) finding.code())
                .toList();
    }

    private static List<FormProblem> faultsOfText(Scalar<?> scalar, String text) {
        var problems = new FormProblem[1];
        scalar.parse(text, (problem, args) -> problems[0] = problem);
        return Arrays.stream(problems).filter(problem -> problem != null).toList();
    }

    private static JsonNode tree(String json) {
        return Json.parse(Buffer.buffer(json));
    }
}
