package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DocumentReaderTest {
    private static final City CITY = new City(
            "990100",
            new Text("示例市", "Sample City"),
            List.of(),
            List.of(new City.Agency("tax", new Text("税务", "Tax"))),
            null);

    private static final String GOOD = """
            format: 1
            city: "990100"
            programme: public-rental
            version: "1"
            title: {zh: 规则, en: Rules}
            programmeName: {zh: 公共租赁住房, en: Public rental housing}
            source: invented for the test
            asSeenAt: 2026-11
            confidence: C
            effectiveFrom: 2026-01-01
            figures:
              - name: lineYuan
                values:
                  - {from: 2026-01-01, value: 1000}
                  - {from: 2027-01-01, value: 1200}
            eligibility:
              - id: income
                name: {zh: 收入, en: Income}
                require: {fact: perCapitaMonthlyIncomeYuan, le: {figure: lineYuan}}
                text: {zh: "低于 {limit} 元", en: "Below {limit} yuan"}
            documents:
              - {id: register, name: {zh: 户口簿, en: Register}, hint: {zh: 全部, en: All}}
            pipeline:
              - {id: review, kind: review, office: street, days: 5, name: {zh: 审核, en: Review}, verification: [{agency: tax, fact: monthlyIncomeFen}]}
              - {id: publicity, kind: publicity, office: street, days: 7, name: {zh: 公示, en: Publicity}}
            deadlines: {correctionWorkingDays: 5, reReviewAskWithinDays: 60, reReviewWorkingDays: 15, waitingLimitYears: 5}
            scoring:
              maximum: 30
              rounding: {scale: 2, mode: half-up}
              items:
                - id: income
                  kind: bands
                  name: {zh: 收入, en: Income}
                  fact: perCapitaMonthlyIncomeYuan
                  maximum: 10
                  bands:
                    - {lt: 500, points: 10}
                    - {ge: 500, le: {figure: lineYuan}, points: 5}
                    - {gt: {figure: lineYuan}, points: 0}
                  text: {zh: "{points} 分", en: "{points} points"}
                - id: persons
                  kind: table
                  name: {zh: 人口, en: Persons}
                  keys: [personCount, generationCount]
                  maximum: 20
                  rows:
                    - {personCount: {le: 2}, points: 10}
                    - {personCount: {gt: 2}, generationCount: 1, points: 15}
                    - {personCount: {gt: 2}, generationCount: {ge: 2}, points: 20}
                  text: {zh: "{points} 分", en: "{points} points"}
            order:
              - {by: score, direction: descending}
              - {by: receipt-number, direction: ascending}
            """;

    @Test
    void reads_a_good_document() {
        assertThat(DocumentReader.read("good.yaml", GOOD, CITY).pipeline()).hasSize(2);
    }

    static Stream<Arguments> defects() {
        return Stream.of(
                arguments("fact: perCapitaMonthlyIncomeYuan, le", "fact: income, le", "unknown fact 'income'"),
                arguments("figure: lineYuan}}\n", "figure: line}}\n", "unknown figure 'line'"),
                arguments("title: {zh: 规则, en: Rules}", "title: {zh: 规则}", "'en' is missing"),
                arguments("version: \"1\"", "version: \"1\"\nversion: \"2\"", "'version' is given twice"),
                arguments("version: \"1\"", "versoin: \"1\"", "unknown key 'versoin'"),
                arguments("effectiveFrom: 2026-01-01", "effectiveFrom: 2026-02-30", "is not a date"),
                arguments(
                        "effectiveFrom: 2026-01-01",
                        "effectiveFrom: 2026-01-01\neffectiveTo: 2025-12-31",
                        "lies before the first"),
                arguments("effectiveFrom: 2026-01-01", "effectiveFrom: 2025-12-31", "has no value on 2025-12-31"),
                arguments("value: 1000", "value: 1e3", "is not a number"),
                arguments("value: 1000", "value: 0", "greater than 0"),
                arguments("from: 2027-01-01", "from: 2026-01-01", "not in the order of their dates"),
                arguments("confidence: C", "confidence: maybe", "is not A, B or C"),
                arguments("lt: 500, points: 10", "le: 500, points: 10", "overlap: rows [1, 2]"),
                arguments("ge: 500, le", "gt: 500, le", "gap: no row holds for perCapitaMonthlyIncomeYuan = 500"),
                arguments("lt: 500, points: 10", "lt: 0, points: 10", "no value of perCapitaMonthlyIncomeYuan can be"),
                arguments("gt: {figure: lineYuan}, points: 0", "gt: 1000, points: 0", "overlap: rows [2, 3]"),
                arguments("lt: 500, points: 10", "lt: 500, points: 11", "more than the item's maximum of 10"),
                arguments("maximum: 30", "maximum: 29", "add up to 30, more than 29"),
                arguments("generationCount: {ge: 2}", "generationCount: 2", "gap: no row holds for"),
                arguments("personCount: {le: 2}", "personCount: {le: 3}", "overlap: rows [1, 2]"),
                arguments("\"{points} 分\"", "\"{score} 分\"", "'{score}' stands for nothing here"),
                arguments("\"低于 {limit} 元\"", "\"\"", "a text of 1 to 500 characters"),
                arguments("days: 5", "days: 0", "a whole number from 1 to 365"),
                arguments("days: 7", "days: 7.5", "a whole number from 1 to 365"),
                arguments("agency: tax", "agency: taxes", "names no agency 'taxes'"),
                arguments("fact: monthlyIncomeFen", "fact: shoeSize", "no fact that an agency can verify"),
                arguments("office: street, days: 5", "office: province, days: 5", "'province' is none of"),
                arguments("kind: review", "kind: publicity", "a publicity verifies nothing"),
                arguments("id: publicity", "id: review", "step 'review' is given twice"),
                arguments("  - {by: receipt-number, direction: ascending}\n", "", "the last key must be"),
                arguments("by: score", "by: age", "'age' is none of"),
                arguments("format: 1", "format: 2", "a whole number from 1 to 1"),
                arguments("city: \"990100\"", "city: \"99\"", "is not a city code"),
                arguments("documents:", "documents: &a\n  - *a", "not YAML"),
                arguments("documents:", "documents: [", "not YAML"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("defects")
    void refuses_with_file_line_and_reason(String good, String bad, String reason) {
        assertThat(GOOD).contains(good);
        var text = GOOD.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad));
        var refusal = refusal(text);
        assertThat(refusal).extracting(PolicyFault::reason).anyMatch(found -> found.contains(reason), reason);
        assertThat(refusal).allSatisfy(fault -> {
            assertThat(fault.file()).isEqualTo("bad.yaml");
            assertThat(fault.line()).isBetween(1, (int) text.lines().count() + 1);
        });
    }

    @Test
    void names_the_line_of_the_fault() {
        var line = 1
                + (int) GOOD.substring(0, GOOD.indexOf("fact: perCapitaMonthlyIncomeYuan, le"))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        var faults = refusal(GOOD.replaceFirst("fact: perCapitaMonthlyIncomeYuan, le", "fact: income, le"));
        assertThat(faults).extracting(PolicyFault::line).containsExactly(line);
    }

    @Test
    void names_every_fault_at_once() {
        var faults = refusal(GOOD.replace("days: 5", "days: 0")
                .replace("maximum: 30", "maximum: 29")
                .replace("by: score", "by: age"));
        assertThat(faults).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void refuses_what_is_no_document() {
        for (var text : List.of("", "~", "- a\n- b\n", "just text", "{}", "\t", "a: b: c")) {
            assertThat(refusal(text)).as(text).isNotEmpty();
        }
    }

    @Test
    void canonical_content_reads_back_as_the_same_rules() {
        var document = DocumentReader.read("good.yaml", GOOD, CITY);
        var again = DocumentReader.read("stored", document.content(), null);
        assertThat(again.digest()).isEqualTo(document.digest());
        assertThat(again.content()).isEqualTo(document.content());
    }

    @Test
    void layout_and_end_do_not_change_the_digest_but_rules_do() {
        var digest = DocumentReader.read("a.yaml", GOOD, CITY).digest();
        var relaid = GOOD.replace("confidence: C", "# a remark\nconfidence:   'C'\neffectiveTo: 2030-12-31");
        assertThat(DocumentReader.read("b.yaml", relaid, CITY).digest()).isEqualTo(digest);
        var changed = GOOD.replace("points: 5", "points: 6");
        assertThat(DocumentReader.read("c.yaml", changed, CITY).digest()).isNotEqualTo(digest);
    }

    private static List<PolicyFault> refusal(String text) {
        var refusal =
                catchThrowableOfType(InvalidPolicyException.class, () -> DocumentReader.read("bad.yaml", text, CITY));
        assertThat(refusal).as("nothing was refused").isNotNull();
        return refusal.faults();
    }
}
