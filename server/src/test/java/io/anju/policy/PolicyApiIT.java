package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyApiIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);

    @Test
    void lists_cities_with_their_areas() {
        var cities = anju.http().get("/v1/cities").expect(200).json().path("items");
        assertThat(texts(cities, "code")).containsExactly("320300", "350200", "370200", "440100");
        var shinan = cities.path(2).path("districts").path(0);
        assertThat(shinan.path("name").asText()).isEqualTo("市南区");
        assertThat(shinan.path("streets")
                        .path(0)
                        .path("communities")
                        .path(0)
                        .path("code")
                        .asText())
                .isEqualTo("370202001001");
    }

    @Test
    void lists_the_programmes_in_force() {
        var all = anju.http().get("/v1/programmes").expect(200).json().path("items");
        assertThat(texts(all, "cityCode")).containsExactly("320300", "370200");
        var qingdao = anju.http()
                .request("GET", "/v1/programmes?cityCode=370200")
                .header("Accept-Language", "en")
                .send()
                .expect(200)
                .json()
                .path("items");
        assertThat(qingdao).hasSize(1);
        var programme = qingdao.path(0);
        assertThat(programme.path("name").asText()).isEqualTo("Public rental housing");
        assertThat(programme.path("policy").path("digest").asText())
                .isEqualTo(Samples.qingdaoToday().digest());
        assertThat(texts(programme.path("steps"), "id"))
                .containsExactly("street-review", "street-publicity", "district-review", "district-publicity");
        assertThat(programme.path("steps").path(2).path("agencies")).hasSize(6);
        assertThat(texts(programme.path("order"), "by")).containsExactly("score", "applied_at", "receipt_number");
    }

    @Test
    void an_unknown_city_has_no_programmes() {
        assertThat(anju.http()
                        .get("/v1/programmes?cityCode=110100")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        anju.http().get("/v1/programmes?cityCode=1101").expect(400, "invalid-request");
    }

    @Test
    void answers_each_rule_with_its_reason() {
        var check = check(household()).expect(200).json();
        assertThat(check.path("eligible").asBoolean()).isTrue();
        assertThat(check.path("asOf").asText()).isEqualTo("2026-03-04");
        assertThat(check.path("policyVersion").asText()).isEqualTo("2026-1");
        assertThat(texts(check.path("rules"), "id"))
                .containsExactly("local-hukou", "hukou-years", "income", "floor-area", "assets", "single-age");
        var income = check.path("rules").path(2);
        assertThat(income.path("verdict").asText()).isEqualTo("passed");
        assertThat(income.path("bound").asText()).isEqualTo("≤ 3388");
        assertThat(income.path("text").asText()).isEqualTo("人均月收入 900 元，标准为不高于 3388 元");
        assertThat(check.path("rules").path(5).path("verdict").asText()).isEqualTo("not_applicable");
        assertThat(check.path("score").path("total").asText()).isEqualTo("71.0000");
        assertThat(texts(check.path("documents"), "id")).contains("marriage-certificate");
    }

    @Test
    void names_the_rule_that_refuses() {
        var household = household();
        household.put("ownedAreaSqm", "39.03");
        var check = check(household).expect(200).json();
        assertThat(check.path("eligible").asBoolean()).isFalse();
        assertThat(texts(check.path("rules"), "verdict"))
                .containsExactly("passed", "passed", "passed", "failed", "passed", "not_applicable");
    }

    /** The vectors that were computed by hand from 青土资房发〔2012〕528号. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"family, 71.0000", "single, 84.3438", "mother, 49.5000"})
    void scores_the_known_households(String who, String total) {
        var asOf = LocalDate.of(2027, 12, 31);
        var household =
                switch (who) {
                    case "family" -> family(asOf);
                    case "single" ->
                        facts(
                                List.of(member("applicant", LocalDate.of(1965, 7, 1))),
                                "0.00",
                                120_000,
                                asOf.minusYears(7));
                    default ->
                        facts(
                                List.of(member("applicant", asOf.minusYears(36)), member("child", asOf.minusYears(8))),
                                "19.50",
                                184_000,
                                asOf);
                };
        var check = check(body("370200", household, asOf)).expect(200).json();
        assertThat(check.path("score").path("total").asText()).isEqualTo(total);
    }

    @Test
    void the_rules_are_those_of_the_day_asked_about() {
        var household = facts(List.of(member("applicant", LocalDate.of(1970, 1, 1))), "0.00", 200_000, null);
        assertThat(verdict(check(body("370200", household, LocalDate.of(2015, 12, 31))), 2))
                .isEqualTo("failed");
        assertThat(verdict(check(body("370200", household, LocalDate.of(2016, 1, 1))), 2))
                .isEqualTo("passed");
        assertThat(versionOn(household, LocalDate.of(2012, 12, 1))).isEqualTo("2012-528");
        assertThat(versionOn(household, LocalDate.of(2012, 11, 30))).isEqualTo("2012-draft");
        check(body("370200", household, LocalDate.of(2011, 12, 31))).expect(422, "no-policy-in-force");
    }

    private static String versionOn(Map<String, Object> household, LocalDate day) {
        return check(body("370200", household, day))
                .expect(200)
                .json()
                .path("policyVersion")
                .asText();
    }

    @Test
    void refuses_facts_that_contradict_each_other_all_at_once() {
        var household = facts(
                List.of(
                        member("spouse", TODAY.minusYears(30)),
                        member("spouse", TODAY.plusDays(1)),
                        Map.of("relation", "child", "birthDate", "2015-05-20", "hukouSince", "2015-05-19")),
                "0.00",
                0,
                TODAY.plusDays(1));
        var answer = check(household).expect(422, "contradictory-facts");
        assertThat(answer.findings())
                .contains(
                        "/household/members not-exactly-one-applicant",
                        "/household/members more-than-one-spouse",
                        "/household/members/1/birthDate date-after-as-of",
                        "/household/members/2/hukouSince hukou-before-birth",
                        "/household/qualifiedOn date-after-as-of");
    }

    @Test
    void refuses_days_and_cities_that_make_no_sense() {
        check(body("110100", household(), TODAY)).expect(422, "unknown-city");
        check(body("370200", household(), LocalDate.of(1999, 12, 31))).expect(422, "contradictory-facts");
        check(body("370200", household(), LocalDate.of(2200, 1, 1))).expect(422, "contradictory-facts");
        var other = new LinkedHashMap<>(body("370200", household(), TODAY));
        other.put("programme", "palace");
        check(other).expect(422, "no-policy-in-force");
    }

    @Test
    void refuses_what_the_contract_does_not_know() {
        var household = household();
        household.put("ownedAreaSqm", "6.5");
        household.put("shoeSize", 42);
        household.put("specialGroups", List.of("nobility"));
        household.put("monthlyIncomeFen", -1);
        var answer = check(household).expect(400, "invalid-request");
        assertThat(answer.pointers())
                .contains(
                        "/household/ownedAreaSqm",
                        "/household/shoeSize",
                        "/household/specialGroups/0",
                        "/household/monthlyIncomeFen");
        anju.http().post("/v1/eligibility-checks", null, "{").expect(400, "malformed-json");
    }

    @Test
    void takes_the_key_but_keeps_nothing_under_it() {
        var rows = "SELECT (SELECT count(*) FROM policy.document) AS documents";
        var before = Anju.await(anju.db().run(rows)).iterator().next().getLong("documents");
        var request = body("370200", household(), TODAY);
        var first = send(request, "same-key-for-both-requests");
        var other = send(body("320300", household(), TODAY), "same-key-for-both-requests");
        assertThat(first.json().path("cityCode").asText()).isEqualTo("370200");
        assertThat(other.json().path("cityCode").asText()).isEqualTo("320300");
        assertThat(Anju.await(anju.db().run(rows)).iterator().next().getLong("documents"))
                .isEqualTo(before);
        anju.http()
                .request("POST", "/v1/eligibility-checks")
                .withoutKey()
                .body(request)
                .send()
                .expect(400);
    }

    private static Answer send(Map<String, Object> body, String key) {
        return anju.http()
                .request("POST", "/v1/eligibility-checks")
                .key(key)
                .body(body)
                .send()
                .expect(200);
    }

    private static Answer check(Map<String, Object> householdOrBody) {
        var body = householdOrBody.containsKey("household") ? householdOrBody : body("370200", householdOrBody, null);
        return anju.http().post("/v1/eligibility-checks", null, body);
    }

    private static Map<String, Object> body(String city, Map<String, Object> household, @Nullable LocalDate asOf) {
        var body = new LinkedHashMap<String, Object>();
        body.put("cityCode", city);
        body.put("programme", "public-rental");
        body.put("household", household);
        if (asOf != null) {
            body.put("asOf", asOf.toString());
        }
        return body;
    }

    private static Map<String, Object> household() {
        return family(TODAY);
    }

    private static Map<String, Object> family(LocalDate asOf) {
        return facts(
                List.of(
                        member("applicant", asOf.minusYears(42)),
                        member("spouse", asOf.minusYears(38)),
                        member("child", asOf.minusYears(9))),
                "19.50",
                270_000,
                asOf.minusYears(3));
    }

    private static Map<String, Object> facts(
            List<Map<String, Object>> members, String area, long incomeFen, @Nullable LocalDate qualifiedOn) {
        var household = new LinkedHashMap<String, Object>();
        household.put("members", members);
        household.put("ownedAreaSqm", area);
        household.put("monthlyIncomeFen", incomeFen);
        household.put("assetsFen", 0);
        if (qualifiedOn != null) {
            household.put("qualifiedOn", qualifiedOn.toString());
        }
        return household;
    }

    private static Map<String, Object> member(String relation, LocalDate born) {
        return Map.of(
                "relation",
                relation,
                "birthDate",
                born.toString(),
                "hukouCityCode",
                "370200",
                "hukouSince",
                born.toString());
    }

    private static String verdict(Answer answer, int rule) {
        return answer.expect(200)
                .json()
                .path("rules")
                .path(rule)
                .path("verdict")
                .asText();
    }

    private static List<String> texts(JsonNode items, String field) {
        return new ArrayList<>(StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList());
    }
}
