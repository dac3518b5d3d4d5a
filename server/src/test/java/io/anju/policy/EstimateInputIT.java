package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.anju.testing.Anju;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an estimate is refused for. */
class EstimateInputIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String DAY = "2026-11-22";

    @Test
    void refuses_facts_that_contradict_each_other_all_at_once() {
        var body = EstimateBody.persons(1, "320300", "rental-subsidy", DAY)
                .home("0.00")
                .owes("2026-11-23", 1);
        body.household()
                .withArrayProperty("members")
                .addObject()
                .put("relation", "applicant")
                .put("birthDate", DAY);
        body.tenancy().putArray("earners").addObject().put("provenMonthlyIncomeFen", 1);
        body.tenancy().put("endedOn", "2026-11-23");
        body.tenancy().putObject("lease").put("from", "1999-12-31").put("to", "1999-12-30");
        body.tenancy().withObjectProperty("arrears").put("runningMonths", 2);
        var months =
                body.tenancy().putObject("subsidyMonths").put("from", "2026-02").put("to", "2026-01");
        months.putArray("events")
                .addObject()
                .put("event", "not-living-there")
                .put("since", "2026-01-02")
                .put("on", "2026-01-01");
        assertThat(body.ask(anju).expect(422, "contradictory-facts").findings())
                .containsExactlyInAnyOrder(
                        "/household/members not-exactly-one-applicant",
                        "/tenancy/homeAreaSqm home-area-zero",
                        "/tenancy/earners more-proven-than-declared",
                        "/tenancy/endedOn date-after-as-of",
                        "/tenancy/lease/from date-out-of-range",
                        "/tenancy/lease/to date-out-of-range",
                        "/tenancy/lease/to ends-before-it-begins",
                        "/tenancy/arrears/unpaidSince date-after-as-of",
                        "/tenancy/arrears/monthsInAll fewer-months-than-in-a-row",
                        "/tenancy/subsidyMonths/to ends-before-it-begins",
                        "/tenancy/subsidyMonths/events/0/on ends-before-it-begins");
    }

    /** The last day that a fact may have is ten years ahead; the shortest lease is of one day. */
    @Test
    void takes_the_days_on_the_bounds() {
        var body = EstimateBody.persons(1, "320300", "public-rental", DAY)
                .home("0.01")
                .owes(DAY, 0);
        body.household().put("monthlyIncomeFen", 1);
        body.tenancy().putArray("earners").addObject().put("provenMonthlyIncomeFen", 1);
        body.tenancy()
                .put("endedOn", DAY)
                .putObject("lease")
                .put("from", "2000-01-01")
                .put("to", "2000-01-01");
        var money = body.money(anju);
        assertThat(money.path("bills")).hasSize(1);
        assertThat(money.at("/rent/monthlyFen").asLong()).isEqualTo(6);
        assertThat(money.at("/lateFee/amountFen").asLong(-1)).isZero();
    }

    @Test
    void refuses_an_event_that_the_rules_say_nothing_about() {
        for (var programme : new String[] {"rental-subsidy", "public-rental"}) {
            var body = EstimateBody.persons(1, "320300", programme, DAY).with("rentPaidFen", 40_000);
            var months = body.tenancy()
                    .putObject("subsidyMonths")
                    .put("from", "2026-01")
                    .put("to", "2026-12");
            var events = months.putArray("events");
            events.addObject().put("event", "loss-declared").put("on", "2026-03-01");
            events.addObject().put("event", "own-share-unpaid").put("on", "2026-03-01");
            if (programme.equals("public-rental")) {
                // grants no subsidy, so nothing that happened to one matters
                body.ask(anju).expect(200);
            } else {
                assertThat(body.ask(anju).expect(422, "contradictory-facts").findings())
                        .containsExactly("/tenancy/subsidyMonths/events/1/event event-not-regulated");
            }
        }
    }

    @Test
    void names_what_an_event_lacks() {
        var body = EstimateBody.persons(1, "320300", "rental-subsidy", DAY).with("rentPaidFen", 40_000);
        var months =
                body.tenancy().putObject("subsidyMonths").put("from", "2026-01").put("to", "2026-12");
        months.putArray("events").addObject().put("event", "not-living-there").put("on", "2026-09-30");
        var money = body.money(anju);
        assertThat(EstimatedMoney.missing(money, "subsidy_course")).containsExactly("since of not-living-there");
    }

    @ParameterizedTest(name = "{0} {1} on {2}: {3}")
    @CsvSource({
        "110100, public-rental, 2026-11-22, unknown-city",
        "370200, palace, 2026-11-22, no-policy-in-force",
        "370200, rental-subsidy, 2015-12-31, no-policy-in-force",
        "350200, public-rental, 2023-12-31, no-policy-in-force",
        "370200, rental-subsidy, 1999-12-31, contradictory-facts",
        "370200, rental-subsidy, 2200-01-01, contradictory-facts"
    })
    void refuses_cities_programmes_and_days_without_rules(String city, String programme, String asOf, String code) {
        var body = EstimateBody.persons(1, city, programme, "2026-11-22").put("asOf", asOf);
        body.ask(anju).expect(422, code);
    }

    @Test
    void refuses_what_the_contract_does_not_know() {
        var body = EstimateBody.persons(1, "320300", "public-rental", DAY)
                .home("50.5")
                .with("rentPaidFen", -1)
                .with("marketRentFenPerSqm", 10_000_001)
                .with("swimmingPools", 1);
        body.tenancy().putObject("arrears").put("unpaidSince", "yesterday");
        body.tenancy().putObject("subsidyMonths").put("from", "2026-13").put("to", "2026-12");
        assertThat(body.ask(anju).expect(400, "invalid-request").pointers())
                .contains(
                        "/tenancy/homeAreaSqm",
                        "/tenancy/rentPaidFen",
                        "/tenancy/marketRentFenPerSqm",
                        "/tenancy/swimmingPools",
                        "/tenancy/arrears/unpaidSince",
                        "/tenancy/arrears/overdueFen",
                        "/tenancy/subsidyMonths/from");
        anju.http().post("/v1/entitlement-estimates", null, "{").expect(400, "malformed-json");
    }

    /** Whoever copies the example of the contract gets the answer that stands beside it. */
    @Test
    void the_example_of_the_contract_is_answered_as_it_says() throws IOException {
        JsonNode operation;
        try (var contract = Objects.requireNonNull(getClass().getResourceAsStream("/anju/contract/openapi.yaml"))) {
            operation = new ObjectMapper(new YAMLFactory())
                    .readTree(contract)
                    .at("/paths/~1v1~1entitlement-estimates/post");
        }
        var request = operation.at("/requestBody/content/application~1json/example");
        ObjectNode expected =
                operation.at("/responses/200/content/application~1json/example").deepCopy();
        // the digest of an example is only its shape
        expected.withObjectProperty("eligibility")
                .put("policyDigest", Samples.qingdaoSubsidy("2016-1").digest());
        assertThat(anju.http()
                        .post("/v1/entitlement-estimates", null, request)
                        .expect(200)
                        .json())
                .isEqualTo(expected);
    }

    @Test
    void takes_the_key_but_keeps_nothing_under_it() {
        for (var city : new String[] {"350200", "320300"}) {
            var answer = EstimateBody.persons(1, city, "public-rental", DAY)
                    .ask(anju, "zh-CN", "same-key-for-both-requests")
                    .expect(200);
            assertThat(answer.json().at("/eligibility/cityCode").asText()).isEqualTo(city);
        }
        var kept = anju.db()
                .run("SELECT count(*) AS kept FROM platform.idempotency WHERE operation = 'estimateEntitlement'");
        assertThat(Anju.await(kept).iterator().next().getLong("kept")).isZero();
        anju.http()
                .request("POST", "/v1/entitlement-estimates")
                .withoutKey()
                .body("{}")
                .send()
                .expect(400);
    }
}
