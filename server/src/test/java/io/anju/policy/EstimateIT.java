package io.anju.policy;

import static io.anju.policy.EstimatedMoney.missing;
import static io.anju.policy.EstimatedMoney.notSet;
import static io.anju.policy.EstimatedMoney.states;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sample cities' rules say about money, asked over HTTP, to the fen. */
class EstimateIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String DAY = "2026-11-22";
    private static final int GUANGZHOU_PERSONS = 12;

    /** 50 ㎡ less 20 ㎡ at 18 yuan in 2016; 60 ㎡ less 20 ㎡ at 18 yuan since 2019. */
    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "2016-11-22, 2016-1, 54000",
        "2018-12-31, 2016-1, 54000",
        "2019-01-01, 2019-1, 72000",
        "2026-11-22, 2019-1, 72000"
    })
    void qingdao_pays_four_persons_with_20_sqm_by_the_version_of_the_day(String asOf, String version, long fen) {
        var answer = EstimateBody.fromFile("370200", "rental-subsidy", asOf, "four-with-20-sqm.yaml")
                .ask(anju)
                .expect(200)
                .json();
        assertThat(answer.at("/eligibility/policyVersion").asText()).isEqualTo(version);
        assertThat(answer.at("/eligibility/eligible").asBoolean()).isTrue();
        assertThat(answer.at("/money/subsidy/monthlyFen").asLong()).isEqualTo(fen);
        assertThat(answer.at("/money/subsidy/steps/0/facts").toString()).contains("ownedAreaSqm", "\"20\"");
    }

    /** 20/18/16/14 yuan and 30/45/60 ㎡ less what they own. */
    @ParameterizedTest(name = "{0} persons, {1} ㎡, {2} fen, {3}: {4}")
    @CsvSource({
        "1, 0.00, 169300, '', 54000",
        "1, 0.00, 169301, '', 48000",
        "1, 0.00, 254000, '', 48000",
        "1, 0.00, 254001, '', 42000",
        "1, 0.00, 338800, '', 42000",
        "1, 0.00, 338801, '', 0",
        "2, 10.00, 600000, '', 49000",
        "2, 10.00, 600000, extreme-hardship, 70000",
        "3, 12.34, 0, minimum-living-allowance, 95320",
        "1, 29.99, 0, '', 18",
        "1, 30.01, 0, '', 0"
    })
    void qingdao_pays_by_tiers(int persons, String area, long incomeFen, String group, long fen) {
        var money = EstimateBody.persons(persons, "370200", "rental-subsidy", DAY)
                .owns(area)
                .earns(incomeFen)
                .belongsTo(group)
                .money(anju);
        assertThat(money.at("/subsidy/monthlyFen").asLong()).isEqualTo(fen);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource({
        "family.yaml, 2026-11-22, 71.0000",
        "single.yaml, 2027-12-31, 84.3438",
        "mother-and-son.yaml, 2026-11-22, 49.5000"
    })
    void qingdao_scores_the_known_households(String file, String asOf, String total) {
        var answer = EstimateBody.fromFile("370200", "public-rental", asOf, file)
                .ask(anju)
                .expect(200)
                .json();
        assertThat(answer.at("/eligibility/score/total").asText()).isEqualTo(total);
        assertThat(answer.at("/eligibility/score/items")).hasSize(5);
        assertThat(notSet(answer.path("money")))
                .isEqualTo("rent, subsidy, subsidy_course, deposit, bills, late_fee, arrears, rent_after_end");
    }

    @Test
    void xuzhou_bills_charges_and_ends() {
        var money = EstimateBody.fromFile("320300", "public-rental", DAY, "xuzhou-tenant.yaml")
                .money(anju);
        assertThat(money.at("/rent/monthlyFen").asLong()).isEqualTo(28_000);
        assertThat(money.at("/rent/tier").asText()).isEqualTo("everyone");
        assertThat(money.at("/deposit/amountFen").asLong()).isEqualTo(100_000);
        assertThat(money.path("bills")).hasSize(4);
        assertThat(money.at("/bills/0/dueOn").asText()).isEqualTo("2026-01-15");
        assertThat(money.at("/bills/1/from").asText()).isEqualTo("2026-04-15");
        assertThat(money.at("/bills/1/dueOn").asText()).isEqualTo("2026-04-05");
        assertThat(money.at("/bills/1/amountFen").asLong()).isEqualTo(84_000);
        assertThat(money.at("/lateFee/amountFen").asLong()).isEqualTo(34_720);
        assertThat(money.at("/lateFee/text").asText()).contains("逾期 62 天", "347.20");
        assertThat(money.at("/arrears/due").asText()).isEqualTo("credit-record");
        assertThat(money.at("/arrears/endsLease").asBoolean()).isTrue();
        assertThat(money.at("/arrears/end/bound").asText()).isEqualTo("≥ 3");
        assertThat(money.at("/rentAfterEnd/amountFen").asLong()).isEqualTo(120_000);
        assertThat(money.at("/rentAfterEnd/id").asText()).isEqualTo("moving-period");
        assertThat(notSet(money)).isEqualTo("subsidy, subsidy_course");
    }

    /** 2 % of 280 yuan are 5.60 yuan a day, never more than what is overdue. */
    @ParameterizedTest(name = "{0} fen, {1} days: {2}")
    @CsvSource({
        "28000, 0, 0, false",
        "28000, 1, 560, false",
        "28000, 50, 28000, false",
        "28000, 51, 28000, true",
        "84000, 149, 83440, false",
        "84000, 150, 84000, false",
        "84000, 151, 84000, true",
        "559, 1, 559, true"
    })
    void xuzhou_charges_two_percent_of_the_monthly_rent_a_day(long overdueFen, int days, long fen, boolean capped) {
        var money = EstimateBody.persons(1, "320300", "public-rental", DAY)
                .home("50.00")
                .owes(LocalDate.parse(DAY).minusDays(days).toString(), overdueFen)
                .money(anju);
        assertThat(money.at("/lateFee/amountFen").asLong()).isEqualTo(fen);
        assertThat(money.at("/lateFee/bound").asText().isEmpty()).isEqualTo(!capped);
    }

    @Test
    void xuzhou_pays_no_more_than_the_rent_and_loses_the_missed_months() {
        var money = EstimateBody.fromFile("320300", "rental-subsidy", DAY, "xuzhou-tenant.yaml")
                .money(anju);
        assertThat(money.at("/subsidy/monthlyFen").asLong()).isEqualTo(40_000);
        assertThat(money.at("/subsidy/steps/2/id").asText()).isEqualTo("rent-really-paid");
        assertThat(money.at("/subsidyCourse/payableFen").asLong()).isEqualTo(360_000);
        assertThat(states(money)).isEqualTo("payable2 stopped3 payable7");
        assertThat(money.at("/subsidyCourse/months/2/month").asText()).isEqualTo("2026-03");
        assertThat(money.at("/subsidyCourse/months/2/rule").asText()).isEqualTo("declaration-missed");
        assertThat(notSet(money)).isEqualTo("rent, deposit, bills, late_fee, arrears, rent_after_end");
    }

    /** 14 or 10 yuan for 45 ㎡, and nothing from the income line on. */
    @ParameterizedTest(name = "{0} fen, {1}: {2}")
    @CsvSource({
        "464699, '', 45000",
        "464700, '', 0",
        "464700, minimum-living-allowance, 63000",
        "0, extreme-hardship, 63000",
        "0, low-income, 45000"
    })
    void xuzhou_pays_by_group(long incomeFen, String group, long fen) {
        var money = EstimateBody.persons(3, "320300", "rental-subsidy", DAY)
                .earns(incomeFen)
                .belongsTo(group)
                .with("rentPaidFen", 9_999_999)
                .money(anju);
        assertThat(money.at("/subsidy/monthlyFen").asLong()).isEqualTo(fen);
    }

    @Test
    void xuzhou_deems_the_minimum_wage_without_proof() {
        var body = EstimateBody.persons(4, "320300", "rental-subsidy", DAY)
                .earns(400_000)
                .with("rentPaidFen", 9_999_999);
        body.tenancy().putArray("earners").addObject().put("provenMonthlyIncomeFen", 400_000);
        assertThat(body.money(anju).at("/subsidy/tier").asText()).isEqualTo("low-income");
        body.tenancy().withArrayProperty("earners").addObject();
        var deemed = body.money(anju).path("subsidy");
        assertThat(deemed.path("tier").asText()).isEqualTo("above");
        assertThat(deemed.at("/steps/0/id").asText()).isEqualTo("deemed-income");
        assertThat(deemed.at("/steps/0/bound").asText()).isEqualTo("≥ 2260");
    }

    /** The shares of the rule, for a home of 50 ㎡ at 19.99 yuan: 999.50 yuan in full. */
    @ParameterizedTest(name = "{0} yuan a year: {1} fen")
    @CsvSource({
        "0, 9995, true",
        "12960.00, 9995, true",
        "12960.01, 19990, true",
        "19440.00, 19990, true",
        "19440.01, 29985, true",
        "20663.00, 29985, true",
        "20663.01, 39980, true",
        "24795.00, 39980, true",
        "24795.01, 49975, true",
        "29434.00, 49975, true",
        "29434.01, 59970, true",
        "35660.00, 59970, true",
        "35660.01, 69965, false",
        "42792.00, 69965, false"
    })
    void guangzhou_asks_a_share_by_income(BigDecimal yearlyYuan, long fen, boolean mayEnter) {
        // of twelve persons a year's income per person is the household's of a month
        var answer = EstimateBody.persons(GUANGZHOU_PERSONS, "440100", "public-rental", DAY)
                .earns(yearlyYuan.movePointRight(2).longValueExact())
                .home("50.00")
                .with("projectStandardFenPerSqm", 1_999)
                .ask(anju)
                .expect(200)
                .json();
        assertThat(answer.at("/money/rent/monthlyFen").asLong()).isEqualTo(fen);
        assertThat(answer.at("/money/rent/mayEnter").asBoolean()).isEqualTo(mayEnter);
        assertThat(answer.at("/money/rent/mayStay").asBoolean()).isTrue();
        assertThat(answer.at("/eligibility/eligible").asBoolean()).isEqualTo(mayEnter);
    }

    /** 40 / 70 / 80 / 90 % of the market's 37.35 ㎡ × 43.21 yuan = 1613.8935 yuan. */
    @ParameterizedTest(name = "{0} fen, {1}: {2}")
    @CsvSource({
        "130000, '', 129111",
        "130001, '', 112973",
        "260000, '', 112973",
        "260001, '', 64556",
        "520000, '', 64556",
        "520001, '', 0",
        "520000, minimum-living-allowance, 145250"
    })
    void xiamen_separates_rent_and_subsidy(long incomeFen, String group, long fen) {
        var money = EstimateBody.persons(1, "350200", "public-rental", DAY)
                .earns(incomeFen)
                .belongsTo(group)
                .home("37.35")
                .with("marketRentFenPerSqm", 4_321)
                .money(anju);
        assertThat(money.at("/rent/monthlyFen").asLong()).isEqualTo(161_389);
        assertThat(money.at("/subsidy/monthlyFen").asLong()).isEqualTo(fen);
    }

    @Test
    void xiamen_voids_the_subsidy_of_more_than_six_unpaid_months_and_charges_three_permille() {
        var body = EstimateBody.persons(1, "350200", "public-rental", "2026-12-31")
                .with("monthlyRentFen", 161_389)
                .owes("2026-01-01", 100_000);
        var months = body.tenancy().putObject("subsidyMonths");
        months.put("from", "2026-01").put("to", "2026-12").put("monthlyFen", 64_556);
        var events = months.putArray("events");
        events.addObject()
                .put("event", "own-share-unpaid")
                .put("since", "2026-01-01")
                .put("on", "2026-03-31");
        assertThat(states(body.money(anju))).isEqualTo("payable12");
        events.addObject()
                .put("event", "own-share-unpaid")
                .put("since", "2026-06-01")
                .put("on", "2026-09-30");
        var money = body.money(anju);
        assertThat(states(money)).isEqualTo("void3 payable2 void4 payable3");
        assertThat(money.at("/subsidyCourse/payableFen").asLong()).isEqualTo(5 * 64_556);
        assertThat(money.at("/lateFee/amountFen").asLong()).isEqualTo(364 * 300);
    }

    @Test
    void names_every_fact_that_an_answer_lacks() {
        var money = EstimateBody.persons(1, "350200", "public-rental", DAY)
                .owes("2026-11-01", 1)
                .money(anju);
        assertThat(missing(money, "rent")).containsExactly("homeAreaSqm", "marketRentFenPerSqm");
        assertThat(missing(money, "subsidy")).containsExactly("homeAreaSqm", "marketRentFenPerSqm");
        assertThat(missing(money, "subsidy_course")).containsExactly("subsidyMonths");
        assertThat(missing(money, "late_fee")).containsExactly("monthlyRentFen");
        assertThat(missing(money, "deposit")).containsExactly("monthlyRentFen");
        var xuzhou = EstimateBody.persons(1, "320300", "public-rental", DAY).money(anju);
        assertThat(xuzhou.at("/deposit/amountFen").asLong()).isEqualTo(100_000);
        assertThat(missing(xuzhou, "bills")).containsExactly("lease");
        assertThat(missing(xuzhou, "late_fee")).containsExactly("arrears");
        assertThat(missing(xuzhou, "rent_after_end")).containsExactly("endedOn");
    }

    @Test
    void speaks_the_callers_language() {
        var body = EstimateBody.fromFile("440100", "public-rental", DAY, "guangzhou-twelve.yaml");
        assertThat(body.ask(anju, "en")
                        .expect(200)
                        .json()
                        .at("/money/rent/steps/0/text")
                        .asText())
                .endsWith("399.80 yuan a month");
        assertThat(body.money(anju).at("/rent/steps/0/text").asText()).endsWith("月租金 399.80 元");
    }
}
