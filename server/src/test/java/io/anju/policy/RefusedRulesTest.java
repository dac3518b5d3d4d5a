package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One slip at a time in a document that uses every kind of rule: each is refused at its line, with its reason. */
class RefusedRulesTest {
    private final String good = read();
    private final City city =
            PolicyFolder.read(FifthCityTest.FOLDER).city("990200").orElseThrow();

    private static String read() {
        try {
            return Files.readString(FifthCityTest.FOLDER.resolve("990200/public-rental-2026.yaml"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> figuresAndClasses() {
        return Stream.of(
                arguments("from: 2027-01-01", "from: 2028-01-01", "no value for the year from 2027-01-01"),
                arguments("lastHoldsOn: true", "lastHoldsOn: false", "no value for the year from 2028-01-01"),
                arguments("yearly: true", "yearly: false", "only a yearly figure"),
                arguments("id: other,", "id: low,", "'low' is given twice"),
                arguments("id: other,", "id: none,", "stands for belonging to none"),
                arguments("[minimum-living-allowance]}}", "[rich]}}", "unknown group 'rich'"),
                arguments(
                        "when: {fact: perCapitaMonthlyIncomeYuan, le: {figure: lineYuan, times: 0.5}}",
                        "when: {groups: [minimum-living-allowance]}",
                        "no household can be in 'low'"),
                arguments("districts: [\"990202\"]", "districts: [\"990299\"]", "the city has no district 990299"),
                arguments("districts: [\"990202\"]", "districts: [\"990202\", \"990202\"]", "lies in two areas"),
                arguments("fact: yearsSinceDeceit, ge: 5", "fact: yearsOfDeceit, ge: 5", "unknown fact"),
                arguments(
                        "fact: deceitFound, is: true}\n    require",
                        "fact: tier, in: [rich]}\n    require",
                        "unknown tier"),
                arguments(
                        "when: {fact: deceitFound, is: true}\n    require",
                        "when: [{fact: personCount, le: 1}, {fact: hasSpouse, is: true}]\n    require",
                        "no household can meet this condition"));
    }

    static Stream<Arguments> scoring() {
        return Stream.of(
                arguments("maximum: 100\n", "maximum: 99\n", "add up to 100, more than 99"),
                arguments("maximum: 100\n", "maximum: 10000\n", "no score is above 9999"),
                arguments("Care}, maximum: 15}", "Care}, maximum: 22}", "can never cut anything"),
                arguments("group: care\n      combine: highest", "group: car\n      combine: highest", "unknown group"),
                arguments("{tier: none, points: 0}", "{tier: none, personCount: 1, points: 0}", "gap: no row holds"),
                arguments("{tier: other, area: core, points: 10}", "{tier: other, points: 10}", "overlap: rows [5, 6]"),
                arguments("tier: low, personCount: {ge: 3}", "tier: poor, personCount: {ge: 3}", "unknown tier 'poor'"),
                arguments("area: elsewhere, points: 8", "area: nowhere, points: 8", "unknown area 'nowhere'"),
                arguments("keys: [tier, personCount, area]", "keys: [tier, income, area]", "unknown fact 'income'"),
                arguments("floor: 4", "floor: 21", "more than the item's maximum of 20"),
                arguments("floor: 4", "floor: 20", "lies on the wrong side of the base"),
                arguments("floor: 4", "floor: 4, ceiling: 20", "have no such limit"),
                arguments("every: 100, points: -2", "every: 0, points: -2", "greater than 0"),
                arguments("every: 100, points: -2", "every: 100, points: 0", "changes nothing"),
                arguments("{gt: 600, base", "{ge: 600, base", "overlap: rows [1, 2]"),
                arguments("{gt: 600, base", "{gt: 601, base", "gap: no row holds"),
                arguments("count: started", "count: begun", "'begun' is none of"),
                arguments(
                        "atMost: {each: personCount, amount: 15}",
                        "atMost: {each: hasSpouse, amount: 15}",
                        "yes or no"),
                arguments("since: hukou-since", "since: birth", "'birth' is none of"),
                arguments("beyond: 5", "beyond: -5", "a whole number from 0"),
                arguments("each: 4\n", "each: 13\n", "more than the item's maximum of 12"),
                arguments("each: 4\n", "each: -4\n", "takes more than 0"),
                arguments("fact: waiverCount\n", "fact: tier\n", "is a class, not a number"),
                arguments("scale: 2", "scale: 5", "a whole number from 0 to 4"),
                arguments(
                        "when: {groups: [disabled]}",
                        "when: [{fact: childCount, ge: 2}, {fact: personCount, le: 2}]",
                        "no household can meet this condition"));
    }

    static Stream<Arguments> order() {
        return Stream.of(
                arguments("by: draw, direction: ascending, seed", "by: lot, direction: ascending, seed", "is none of"),
                arguments("seed: \"临溪市 2026-01-15 第 26007 期 03 11 19 24 28 31\"", "seed: short", "at least 8"),
                arguments(", seed: \"临溪市 2026-01-15 第 26007 期 03 11 19 24 28 31\"", "", "'seed' is missing"),
                arguments(
                        "dates: [applied-on, earlier-qualified-on]",
                        "dates: [applied-on, applied-on]",
                        "two different"),
                arguments("[applied-on, earlier-qualified-on]", "[applied-on, someday]", "'someday' is none of"),
                arguments("  - {by: priority, direction: ascending}\n", "", "no key 'priority'"),
                arguments("priorityClasses:\n", "tiers2:\n", "unknown key 'tiers2'"),
                arguments("priorityClasses:\n", "tiers2:\n", "has no priorityClasses"),
                arguments(
                        "when: {any: [{groups: [multi-child]}, {fact: childCount, ge: 3}]}",
                        "when: {groups: [veteran]}",
                        "no household can be in 'children'"),
                arguments(
                        "by: draw, direction: ascending, seed",
                        "by: score, direction: ascending, seed",
                        "unknown key"));
    }

    static Stream<Arguments> afterRegistration() {
        return Stream.of(
                arguments("{from: 1, consequence: none", "{from: 2, consequence: none", "from: 1"),
                arguments("{from: 4, consequence: bar", "{from: 2, consequence: bar", "can never hold"),
                arguments("consequence: bar, years: 1", "consequence: bar", "'years' is missing"),
                arguments("item: refusals", "item: waiting", "no deduction 'waiting'"),
                arguments("{until} 前不得申请", "{date} 前不得申请", "stands for nothing here"),
                arguments("perHome: 1.25", "perHome: 0.9", "at least one household"),
                arguments("rounding: up", "rounding: sideways", "is none of"),
                arguments("hasBothSexes: true, rooms: 2", "hasBothSexes: false, rooms: 2", "gap: no row holds"),
                arguments("rooms: 2, mostAreaSqm: 60", "rooms: 0, mostAreaSqm: 60", "a whole number from 1 to 10"),
                arguments("mostAreaSqm: 60", "mostAreaSqm: 0", "greater than 0"),
                arguments("from: \"12-01\"", "from: \"13-01\"", "is not a month and a day"),
                arguments("until: \"01-31\"", "until: \"02-29\"", "29 February"),
                arguments("answer: changed", "answer: \"no\"", "the answer no is given twice"),
                arguments("answer: changed", "answer: \"no\"", "the answer changed leads to is missing"),
                arguments("office: city, workingDays: 5", "office: province, workingDays: 5", "is none of"),
                arguments("movingMonths: 6", "movingMonths: -1", "a whole number from 0"),
                arguments("percent: 150", "percent: 1500", "a percentage from 0 to 1000"),
                arguments(
                        "- id: deceit\n    name: {zh: 弄虚作假",
                        "- id: no-longer-eligible\n    name: {zh: 弄虚作假",
                        "given twice"),
                arguments("- kind: report", "- kind: hotline", "the clock of report is missing"),
                arguments("days: 60, counted: calendar", "days: 60, counted: lunar", "'lunar' is none of"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource({"figuresAndClasses", "scoring", "order", "afterRegistration"})
    void refuses_with_file_line_and_reason(String right, String wrong, String reason) {
        assertThat(good).contains(right);
        var at = good.indexOf(right);
        var text = good.substring(0, at) + wrong + good.substring(at + right.length());
        var faults = faults(text);
        assertThat(faults).extracting(PolicyFault::reason).anyMatch(found -> found.contains(reason), reason);
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.file()).isEqualTo("bad.yaml");
            assertThat(fault.line()).isBetween(1, (int) text.lines().count());
        });
    }

    @Test
    void names_the_very_line() {
        var right = "when: {groups: [disabled]}";
        var text =
                good.replace(right, "when: {not: {any: [{fact: hasSpouse, is: true}, {fact: hasSpouse, is: false}]}}");
        var line = 1
                + (int) good.substring(0, good.indexOf(right))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        assertThat(faults(text)).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(line);
            assertThat(fault.reason()).isEqualTo("no household can meet this condition");
        });
    }

    @Test
    void a_stored_document_is_read_without_its_end() {
        var ended = good.replace("    lastHoldsOn: true\n", "")
                .replace("effectiveFrom: 2026-01-01", "effectiveFrom: 2026-01-01\neffectiveTo: 2027-12-31");
        var document = DocumentReader.read("good.yaml", ended, city);
        assertThat(DocumentReader.readStored(document.digest(), document.content())
                        .digest())
                .isEqualTo(document.digest());
        assertThat(faults(ended.replace("effectiveTo: 2027-12-31", "effectiveTo: 2028-01-01")))
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("year from 2028-01-01"));
    }

    private List<PolicyFault> faults(String text) {
        var refusal =
                catchThrowableOfType(InvalidPolicyException.class, () -> DocumentReader.read("bad.yaml", text, city));
        assertThat(refusal).as("nothing was refused").isNotNull();
        return refusal.faults();
    }
}
