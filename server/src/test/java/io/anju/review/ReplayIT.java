package io.anju.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.Role;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Offices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What was decided under one version stays what it was, and can be asked again, after a newer version is in force. */
class ReplayIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final Path RULES = Path.of("src/main/resources/policies/370200/public-rental-2026.yaml");
    private static final LocalTime MORNING = LocalTime.of(9, 30);
    private static final LocalDate NEWER = LocalDate.of(2026, 9, 1);

    private final Cases cases = new Cases(anju);

    @Test
    void decisions_replay_to_the_same_result_under_a_newer_version() throws IOException {
        var offices = Offices.of(anju, "370202001");
        var before = offices.register(cases.handIn("370202001001"));
        assertThat(cases.state(before)).isEqualTo("registered");
        var digest = cases.registration(before).path("policyDigest").asText();
        var told = cases.registration(before).path("standing");
        var decided = bases(before);
        assertThat(decided).hasSize(2);

        bringIntoForce(newer());
        at(NEWER.plusDays(1));
        assertThat(digestInForce()).isNotEqualTo(digest);
        for (var decision : bases(before)) {
            var policy = Anju.await(anju.domains().policy.byDigest(anju.db(), decision.policyDigest()));
            assertThat(decision.policyDigest()).isNotEqualTo(digestInForce());
            assertThat(decision.basis().replayed(policy)).isEqualTo(decision.basis());
            assertThat(FactsDigest.of(before.id(), decision.basis().facts())).isEqualTo(decision.factsDigest());
            var now = Anju.await(anju.domains().policy.byDigest(anju.db(), digestInForce()));
            assertThat(decision.basis().replayed(now).score())
                    .isNotEqualByComparingTo(decision.basis().score());
        }
        assertThat(bases(before)).isEqualTo(decided);
        the_place_still_follows_from_the_rules_of_its_day(before, told);
        a_new_case_is_judged_by_the_newer_rules(offices.street(), digest);
    }

    /** Age and waiting have moved on by the same rules; the items that do not depend on the day are the same. */
    private void the_place_still_follows_from_the_rules_of_its_day(Case one, JsonNode told) {
        var now = cases.registration(one).path("standing");
        for (var i = 0; i < told.path("scoreItems").size(); i++) {
            var item = told.path("scoreItems").path(i);
            if (List.of("housing", "income", "household")
                    .contains(item.path("id").asText())) {
                assertThat(now.path("scoreItems").path(i)).isEqualTo(item);
            }
        }
        assertThat(now.path("scoreItems")).isNotEmpty();
    }

    private void a_new_case_is_judged_by_the_newer_rules(Desk street, String olderDigest) {
        var one = cases.handIn("370202001001");
        street.approve(one).expect(200);
        assertThat(bases(one))
                .singleElement()
                .satisfies(decision -> assertThat(decision.policyDigest())
                        .isEqualTo(digestInForce())
                        .isNotEqualTo(olderDigest));
    }

    private static List<DecisionStore.Rested> bases(Case one) {
        return Anju.await(anju.domains().review.bases(one.id()));
    }

    private static String digestInForce() {
        return anju.http()
                .get("/v1/programmes?cityCode=370200")
                .expect(200)
                .json()
                .path("items")
                .path(0)
                .path("policy")
                .path("digest")
                .asText();
    }

    private static String newer() throws IOException {
        var text = Files.readString(RULES);
        var changed = text.replace("version: \"2026-1\"", "version: \"2026-2\"")
                .replace("effectiveFrom: 2026-01-01", "effectiveFrom: " + NEWER)
                .replace("{le: 920, points: 10}", "{le: 920, points: 9}")
                .replace("{gt: 920, points: 7}", "{gt: 920, points: 4}");
        assertThat(changed).isNotEqualTo(text);
        return changed;
    }

    private static void bringIntoForce(String yaml) {
        var proposal = anju.http()
                .upload(
                        "/v1/staff/policy-proposals",
                        officer(),
                        "newer.yaml",
                        "application/yaml",
                        yaml.getBytes(StandardCharsets.UTF_8),
                        "reason",
                        "测试用")
                .expect(201)
                .json()
                .path("proposalId")
                .asText();
        anju.http()
                .post("/v1/staff/policy-proposals/" + proposal + "/approval", officer(), Map.of("reason", "测试决定"))
                .expect(200);
    }

    private static String officer() {
        return anju.people().staff(new Office("370200", "city", "3702", "测试住房保障中心"), EnumSet.of(Role.POLICY_OFFICER));
    }

    private static void at(LocalDate day) {
        anju.clock().set(day, MORNING);
        anju.runJobs();
    }
}
