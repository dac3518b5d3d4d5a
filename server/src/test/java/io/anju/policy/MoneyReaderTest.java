package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the sections on subsidies, bills and arrears refuse. */
class MoneyReaderTest {
    private static final String GOOD = """
            subsidy:
              deemedIncome: {minimum: {figure: lineYuan}, text: {zh: "{limit}", en: "{limit}"}}
              area:
                standard:
                  - {personCount: 1, sqm: 30}
                  - {personCount: {ge: 2}, sqm: 45}
                limitToHome: true
                text: {zh: "{homeAreaSqm}", en: "{areaSqm}"}
              of: {fact: marketRentYuanPerSqm}
              by: perCapitaMonthlyIncomeYuan
              bands:
                - {id: low, le: {figure: lineYuan}, rate: 18}
                - {id: high, gt: {figure: lineYuan}, share: 0.4}
              caps:
                - {id: rent, atMost: {fact: rentPaidYuan}, text: {zh: "{limit}", en: "{rentPaidYuan}"}}
              rounding: {unit: jiao, mode: down}
              text: {zh: "{rate}", en: "{yuan}"}
              changes:
                - {id: missed, event: declaration-missed, effect: stop, from: month-after, text: {zh: "{month}", en: "{on}"}}
                - {id: made-up, event: declaration-made-up, effect: resume, from: month-after, lifts: [missed], text: {zh: "{month}", en: "{on}"}}
                - {id: empty, event: not-living-there, effect: stop, from: that-month, months: {gt: 6}, recover: true, text: {zh: "{since}", en: "{yuan} {limit}"}}
                - {id: unpaid, event: own-share-unpaid, effect: void, months: {ge: 7}, text: {zh: "{since}", en: "{limit}"}}
            deposit: {amount: 1000, text: {zh: "{yuan}", en: "{yuan}"}}
            billing:
              every: month
              anchor: lease
              due: {daysAhead: 10, ifDayOff: working-day-before}
              partialMonth: thirty-days
              rounding: {unit: fen, mode: half-even}
            lateFee:
              base: overdue
              perDay: {permille: 3}
              graceDays: 2
              cap: {base: overdue, share: 0.2}
              rounding: {unit: fen, mode: half-up}
              text: {zh: "{days}", en: "{limit} {percent}"}
            arrears:
              steps:
                - {id: remind, action: kind-reminder, after: {days: 3}, text: {zh: "{dueOn}", en: "{overdueYuan}"}}
                - {id: notify, action: formal-notice, after: {workingDays: 10}, text: {zh: "{unpaidSince}", en: "a"}}
                - {id: sue, action: court-file-proposal, after: {months: 3}, atLeastYuan: 500, text: {zh: 甲, en: a}}
              endsLease: {months: {ge: 3}, counting: running, text: {zh: "{unpaidMonths}", en: "{limit}"}}
              afterEnd:
                of: {fact: marketRentYuanPerSqm}
                stages:
                  - {id: moving, months: 3, share: 0.8}
                  - {id: market, share: 1}
                rounding: {unit: fen, mode: half-up}
                text: {zh: "{yuan}", en: "{sharePercent}"}
            """;

    static Stream<Arguments> defects() {
        return Stream.of(
                arguments("minimum: {figure: lineYuan}", "minimum: {figure: wageYuan}", "unknown figure 'wageYuan'"),
                arguments("rate: 18", "rate: -18", "a value of 0 or more"),
                arguments("rate: 18", "share: 1.8", "a share from 0 to 1"),
                arguments("rate: 18", "rate: 18, share: 0.5", "either a rate in yuan per ㎡ or a share"),
                arguments("  of: {fact: marketRentYuanPerSqm}\n  by", "  by", "a share of what?"),
                arguments("rate: 18", "rate: {fact: rentYuan}", "unknown fact 'rentYuan'"),
                arguments("gt: {figure: lineYuan}, share", "gt: 1100, share", "gap: no row holds"),
                arguments("personCount: {ge: 2}, sqm: 45", "personCount: {ge: 1}, sqm: 45", "overlap: rows [1, 2]"),
                arguments("personCount: {ge: 2}, sqm: 45", "personCount: {lt: 1}, sqm: 45", "no value of personCount"),
                arguments("{homeAreaSqm}", "{ownedAreaSqm}", "'{ownedAreaSqm}' stands for nothing here"),
                arguments("en: \"{rentPaidYuan}\"", "en: \"{marketRentYuanPerSqm}\"", "stands for nothing here"),
                arguments("unit: jiao", "unit: dime", "'dime' is none of fen, jiao, yuan"),
                arguments("lifts: [missed]", "lifts: [lost]", "'lost' is no rule that stops the subsidy"),
                arguments("lifts: [missed]", "lifts: [unpaid]", "'unpaid' is no rule that stops"),
                arguments("lifts: [missed]", "lifts: []", "at least one rule that stops"),
                arguments("event: declaration-made-up", "event: declaration-missed", "has a rule already"),
                arguments("event: own-share-unpaid", "event: share-unpaid", "'share-unpaid' is none of"),
                arguments("effect: void", "effect: vanish", "'vanish' is none of stop, change, resume, void"),
                arguments("effect: void", "effect: void, from: that-month", "unknown key 'from'"),
                arguments("from: that-month, months", "from: next-week, months", "'next-week' is none of"),
                arguments("months: {gt: 6}", "months: {gt: 6, ge: 7}", "either gt or ge"),
                arguments("months: {gt: 6}", "months: {lt: 6}", "unknown key 'lt'"),
                arguments(
                        "zh: \"{month}\", en: \"{on}\"",
                        "zh: \"{since}\", en: \"{on}\"",
                        "'{since}' stands for nothing"),
                arguments("deposit: {amount: 1000,", "deposit: {amount: 1000, monthsOfRent: 2,", "either an amount"),
                arguments("deposit: {amount: 1000,", "deposit: {monthsOfRent: 0,", "a whole number from 1 to 12"),
                arguments("every: month", "every: week", "'week' is none of"),
                arguments("due: {daysAhead: 10,", "due: {daysAhead: 10, workingDaysAhead: 3,", "either daysAhead or"),
                arguments("daysAhead: 10,", "daysAhead: -1,", "a whole number from 0 to 60"),
                arguments("partialMonth: thirty-days", "partialMonth: free", "'free' is none of"),
                arguments("base: overdue\n", "base: yearly-rent\n", "'yearly-rent' is none of"),
                arguments("{permille: 3}", "{permille: 0}", "a rate greater than 0"),
                arguments("{permille: 3}", "{permille: 3, percent: 3}", "either percent or permille"),
                arguments("{permille: 3}", "{percent: 101}", "more than the whole for each day"),
                arguments("share: 0.2", "share: 2", "a share from 0 to 1"),
                arguments("after: {workingDays: 10}", "after: {days: 3}", "'notify' does not come later than 'remind'"),
                arguments("after: {workingDays: 10}", "after: {workingDays: 100}", "'sue' does not come later"),
                arguments("after: {days: 3}", "after: {days: 3, months: 1}", "one of days, workingDays and months"),
                arguments("action: formal-notice", "action: kind-remainder", "'kind-remainder' is none of"),
                arguments("action: court-file-proposal", "action: kind-reminder", "'sue' is milder than 'notify'"),
                arguments("id: sue", "id: notify", "'notify' is given twice"),
                arguments("counting: running", "counting: loosely", "'loosely' is none of running, in-all"),
                arguments("{id: moving, months: 3, share", "{id: moving, share", "every stage but the last one"),
                arguments(
                        "{id: market, share: 1}", "{id: market, months: 2, share: 1}", "every stage but the last one"),
                arguments("id: market", "id: moving", "'moving' is given twice"));
    }

    @ParameterizedTest(name = "{2}: {1}")
    @MethodSource("defects")
    void refuses_with_file_line_and_reason(String good, String bad, String reason) {
        assertThat(GOOD).contains(good);
        var at = GOOD.indexOf(good);
        var text = GOOD.substring(0, at) + bad + GOOD.substring(at + good.length());
        assertThat(MoneyDocument.faults(text)).anyMatch(fault -> fault.contains(reason), reason);
    }

    @Test
    void the_reader_and_the_schema_take_it() {
        assertThat(MoneyDocument.read(GOOD).takesApplications()).isFalse();
        assertThat(MoneyDocument.schemaFaults(GOOD)).isEmpty();
    }

    /** What a schema can say, it says. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("defects")
    void the_schema_finds_what_it_can(String good, String bad, String reason) {
        var beyondASchema = Stream.of(
                        "unknown figure",
                        "gap",
                        "overlap",
                        "no value",
                        "stands for nothing",
                        "a share of what",
                        "no rule",
                        "has a rule",
                        "more than the whole",
                        "later",
                        "milder",
                        "given twice",
                        "every stage")
                .anyMatch(reason::contains);
        var at = GOOD.indexOf(good);
        var text = GOOD.substring(0, at) + bad + GOOD.substring(at + good.length());
        assertThat(MoneyDocument.schemaFaults(text).isEmpty()).isEqualTo(beyondASchema);
    }

    @Test
    void a_document_with_part_of_what_an_application_needs_is_refused() {
        assertThat(MoneyDocument.faults("order: [{by: receipt-number, direction: ascending}]\n"))
                .contains("'pipeline' is missing", "'documents' is missing", "'deadlines' is missing");
    }
}
