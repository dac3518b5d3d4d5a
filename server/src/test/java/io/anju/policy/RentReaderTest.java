package io.anju.policy;

import static io.anju.policy.Households.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RentReaderTest {
    private static final String GOOD = """
            rent:
              standard: 12.5
              by: perCapitaMonthlyIncomeYuan
              special:
                - {id: hardship, when: {groups: [extreme-hardship, orphan]}, share: 0.1}
                - {id: veterans, when: {groups: [veteran]}, share: 0.5}
              bands:
                - {id: low, le: {figure: lineYuan}, share: 0.3}
                - {id: middle, gt: {figure: lineYuan}, share: 1, entry: false}
              entitlement:
                area:
                  - {personCount: 1, sqm: 30}
                  - {personCount: {ge: 2}, sqmPerPerson: 20}
                excessRate: {fact: marketRentYuanPerSqm}
                text: {zh: "{excessSqm} 平方米超过 {limit}", en: "{excessSqm} ㎡ beyond {limit}"}
              rounding: {unit: fen, mode: half-up}
              text: {zh: "{yuan} 元", en: "{yuan} yuan ({limit})"}
            """;

    static Stream<Arguments> defects() {
        return Stream.of(
                arguments("standard: 12.5", "standard: {fact: shoeSize}", "unknown fact 'shoeSize'"),
                arguments("standard: 12.5", "standard: {figure: lineFen}", "unknown figure 'lineFen'"),
                arguments("standard: 12.5", "standard: -1", "a value of 0 or more"),
                arguments("standard: 12.5", "standrad: 12.5", "unknown key 'standrad'"),
                arguments("by: perCapitaMonthlyIncomeYuan", "by: income", "unknown fact 'income'"),
                arguments("by: perCapitaMonthlyIncomeYuan", "by: hasSpouse", "hasSpouse is no number"),
                arguments("share: 0.3", "share: 1.3", "a share from 0 to 1 is expected here, not 1.3"),
                arguments("share: 0.3", "share: -0.3", "a share from 0 to 1"),
                arguments("le: {figure: lineYuan}", "lt: {figure: lineYuan}", "gap: no row holds"),
                arguments("le: {figure: lineYuan}", "le: 1100", "overlap: rows [1, 2]"),
                arguments("gt: {figure: lineYuan}", "gt: 1000", "overlap: rows [1, 2]"),
                arguments("le: {figure: lineYuan}", "lt: 0", "no value of perCapitaMonthlyIncomeYuan can be"),
                arguments("id: middle", "id: low", "'low' is given twice"),
                arguments("groups: [veteran]", "groups: [orphan]", "'veterans' can never be reached"),
                arguments("groups: [veteran]", "groups: [rich]", "unknown group 'rich'"),
                arguments("entry: false", "entry: true, stay: false", "say entry: false"),
                arguments("personCount: {ge: 2}", "personCount: {ge: 3}", "gap: no row holds for personCount = 2"),
                arguments("sqm: 30", "sqm: 30, sqmPerPerson: 30", "either sqm or sqmPerPerson"),
                arguments("sqm: 30", "sqm: 0", "an area greater than 0"),
                arguments("unit: fen", "unit: cent", "'cent' is none of fen, jiao, yuan"),
                arguments("mode: half-up", "mode: up-a-bit", "'up-a-bit' is none of"),
                arguments("\"{yuan} 元\"", "\"{points} 元\"", "'{points}' stands for nothing here"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("defects")
    void refuses_with_file_line_and_reason(String good, String bad, String reason) {
        assertThat(GOOD).contains(good);
        assertThat(MoneyDocument.faults(GOOD.replace(good, bad))).anyMatch(fault -> fault.contains(reason), reason);
    }

    @Test
    void the_schema_takes_it() {
        assertThat(MoneyDocument.schemaFaults(GOOD)).isEmpty();
        assertThat(MoneyDocument.schemaFaults(GOOD.replace("share: 0.3", "share: 1.3")))
                .isNotEmpty();
    }

    /** 12.50 yuan within the area, 40 beyond it; one person may have 30 ㎡, three have 20 each. */
    @ParameterizedTest(name = "{0} persons, {1} ㎡: {2} fen")
    @CsvSource({"1, 30.00, 11250", "1, 30.01, 11290", "1, 29.99, 11246", "3, 60.00, 22500", "3, 61.00, 26500"})
    void area_beyond_the_entitlement_has_its_own_rate(int persons, BigDecimal area, long fen) {
        var household = Households.single().income(persons * 100_000L);
        for (var i = 1; i < persons; i++) {
            household.with(Relation.CHILD, AS_OF.minusYears(5));
        }
        assertThat(rent(household, area).monthlyFen()).isEqualTo(fen);
    }

    @Test
    void areas_may_hang_on_several_facts() {
        var keyed = GOOD.replace("      - {personCount: 1, sqm: 30}\n", "")
                .replace("      - {personCount: {ge: 2}, sqmPerPerson: 20}\n", "")
                .replace("    area:\n", """
                    area:
                      keys: [personCount, hasSpouse]
                      rows:
                        - {personCount: 1, sqm: 30}
                        - {personCount: {ge: 2}, hasSpouse: true, sqm: 40}
                        - {personCount: {ge: 2}, hasSpouse: false, sqmPerPerson: 25}
                """)
                .replace("超过 {limit}", "{hasSpouse} 超过 {limit}");
        assertThat(MoneyDocument.schemaFaults(keyed)).isEmpty();
        var tenancy = new TenancyFacts(new BigDecimal("51.00"), null, 4_000L, null, List.of());
        var couple = Households.single().with(Relation.SPOUSE, AS_OF.minusYears(40));
        var siblings = Households.single().with(Relation.SIBLING, AS_OF.minusYears(40));
        var rules = MoneyDocument.read(keyed).money();
        // 40 ㎡ at 3.75 yuan and 11 at 40, or 50 and 1
        assertThat(rules.rent(couple.facts(), tenancy, AS_OF).orElseThrow().monthlyFen())
                .isEqualTo(59_000);
        var answer = rules.rent(siblings.facts(), tenancy, AS_OF).orElseThrow();
        assertThat(answer.monthlyFen()).isEqualTo(22_750);
        assertThat(answer.trace().get(0).facts()).containsEntry("hasSpouse", "false");
        assertThat(MoneyDocument.faults(keyed.replace("hasSpouse: false, sqm", "hasSpouse: true, sqm")))
                .anyMatch(fault -> fault.startsWith("gap"));
    }

    @Test
    void a_special_group_comes_before_the_bands() {
        var area = new BigDecimal("30.00");
        assertThat(rent(Households.single().income(999_999), area).tier()).isEqualTo("middle");
        assertThat(rent(Households.single().income(999_999).groups("orphan"), area))
                .satisfies(answer -> assertThat(answer.tier()).isEqualTo("hardship"))
                .satisfies(answer -> assertThat(answer.monthlyFen()).isEqualTo(3_750));
        assertThat(rent(Households.single().groups("veteran", "orphan"), area).tier())
                .isEqualTo("hardship");
    }

    private static RentAnswer rent(Households household, BigDecimal area) {
        var tenancy = new TenancyFacts(area, null, 4_000L, null, List.of());
        return MoneyDocument.read(GOOD)
                .money()
                .rent(household.facts(), tenancy, AS_OF)
                .orElseThrow();
    }
}
