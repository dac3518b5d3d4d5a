package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.identity.Role;
import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One person proposes rules, a second one puts them in force. */
class ProposalIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 4);
    private static final LocalDate SOON = LocalDate.of(2026, 7, 1);

    @SuppressWarnings("NullAway.Init")
    private static String proposer;

    @SuppressWarnings("NullAway.Init")
    private static String second;

    /** A programme of its own for each test: documents cannot be removed again. */
    private final String programme = "test-" + NUMBER.incrementAndGet();

    @BeforeAll
    static void logIn() {
        proposer = officer("370200", "3702");
        second = officer("370200", "3702");
    }

    private static String officer(String city, String area) {
        return anju.people().staff(new Office(city, "city", area, "测试住房保障中心"), EnumSet.of(Role.POLICY_OFFICER));
    }

    @Test
    void a_document_comes_into_force_by_two_people() {
        var id = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        assertThat(publicVersions()).isEmpty();

        var approved = Drafts.decide(anju, second, id, "approval").expect(200).json();
        assertThat(approved.path("state").asText()).isEqualTo("approved");
        var published = anju.http()
                .get("/v1/policies?cityCode=370200&programme=" + programme)
                .expect(200)
                .json()
                .path("items");
        assertThat(published).hasSize(1);
        assertThat(published.path(0).path("standing").asText()).isEqualTo("coming");
        assertThat(published.path(0).path("digest").asText())
                .isEqualTo(approved.path("digest").asText());
        var policies = anju.domains().policy;
        assertThat(Anju.await(policies.inForce(anju.db(), "370200", programme, SOON))
                        .version())
                .isEqualTo("1");
        // a second instance on the same database knows it by the date, without being told
        var other = new PolicyService(PolicyFolder.shipped());
        assertThat(Anju.await(other.inForce(anju.db(), "370200", programme, SOON))
                        .digest())
                .isEqualTo(approved.path("digest").asText());
        assertThatThrownBy(() -> Anju.await(policies.inForce(anju.db(), "370200", programme, SOON.minusDays(1))))
                .hasMessage("no-policy-in-force");
    }

    @Test
    void the_rules_before_end_the_day_before() {
        approve(draft("1", SOON, null, 5));
        approve(draft("2", SOON.plusMonths(6), null, 6));
        var periods = anju.http()
                .get("/v1/policies?cityCode=370200&programme=" + programme)
                .expect(200)
                .json()
                .path("items");
        assertThat(periods.path(0).path("effectiveTo").asText())
                .isEqualTo(SOON.plusMonths(6).minusDays(1).toString());
        assertThat(periods.path(1).has("effectiveTo")).isFalse();
    }

    @Test
    void whoever_proposes_does_not_decide() {
        var id = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        Drafts.decide(anju, proposer, id, "approval").expect(409, "second-person-required");
        Drafts.decide(anju, proposer, id, "rejection").expect(409, "second-person-required");
        Drafts.decide(anju, second, id, "withdrawal").expect(409, "not-the-proposer");
        assertThat(publicVersions()).isEmpty();
    }

    @Test
    void nor_does_the_database_let_them() throws SQLException {
        var id = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("""
                    UPDATE policy.proposal
                       SET state = 'approved', decided_by = proposed_by, decided_at = now(), decision_reason = 'x'
                     WHERE proposal_id = '%s'
                    """.formatted(id)))
                    .hasMessageContaining("proposal_needs_a_second_person");
            for (var sql : List.of(
                    "UPDATE policy.proposal SET content = '{}'",
                    "DELETE FROM policy.proposal",
                    "TRUNCATE policy.proposal CASCADE")) {
                assertThatThrownBy(() -> statement.execute(sql)).as(sql).hasMessageContaining("never changed");
            }
        }
    }

    @Test
    void a_decided_proposal_stays_decided() {
        var withdrawn = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        Drafts.decide(anju, proposer, withdrawn, "withdrawal").expect(200);
        Drafts.decide(anju, second, withdrawn, "approval").expect(409, "proposal-decided");

        var rejected = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        Drafts.decide(anju, second, rejected, "rejection").expect(200);
        Drafts.decide(anju, second, rejected, "approval").expect(409, "proposal-decided");
        assertThat(publicVersions()).isEmpty();
    }

    @Test
    void of_two_approvals_at_once_one_wins() {
        var third = officer("370200", "3702");
        var id = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        var answers = Stream.of(second, third)
                .map(token -> anju.http()
                        .request("POST", "/v1/staff/policy-proposals/" + id + "/approval")
                        .token(token)
                        .body(Map.of("reason", "同时批准"))
                        .sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join())
                .toList();
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409);
        assertThat(publicVersions()).containsExactly("1");
    }

    @Test
    void a_second_proposal_for_the_same_days_cannot_follow() {
        var first = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        var other = Drafts.proposed(anju, proposer, draft("2", SOON, null, 6));
        Drafts.decide(anju, second, first, "approval").expect(200);
        assertThat(Drafts.decide(anju, second, other, "approval")
                        .expect(409, "policy-cannot-follow")
                        .findings())
                .containsExactly("/file policy-periods-overlap");
        assertThat(publicVersions()).containsExactly("1");
    }

    @Test
    void rules_begin_on_the_day_after_the_approval_at_the_earliest() {
        assertThat(Drafts.propose(anju, proposer, draft("1", TODAY, null, 5))
                        .expect(422, "faulty-policy")
                        .findings())
                .containsExactly("/file policy-begins-too-early");
        var id = Drafts.proposed(anju, proposer, draft("1", TODAY.plusDays(1), null, 5));
        var now = anju.clock().instant();
        var late = second;
        anju.clock().advance(Duration.ofDays(1));
        try {
            late = officer("370200", "3702");
            assertThat(Drafts.decide(anju, late, id, "approval")
                            .expect(409, "policy-cannot-follow")
                            .findings())
                    .containsExactly("/file policy-begins-too-early");
        } finally {
            anju.clock().set(now);
        }
        Drafts.decide(anju, second, id, "approval").expect(200);
    }

    @Test
    void periods_neither_overlap_nor_leave_a_gap_and_names_are_used_once() {
        approve(draft("1", SOON, SOON.plusMonths(6).minusDays(1), 5));
        assertThat(refused(draft("2", SOON.plusMonths(6).minusDays(1), null, 6)))
                .containsExactly("/file policy-periods-overlap");
        assertThat(refused(draft("2", SOON.plusMonths(6).plusDays(1), null, 6)))
                .containsExactly("/file policy-periods-gap");
        assertThat(refused(draft("1", SOON.plusMonths(6), null, 6))).containsExactly("/file policy-version-taken");
        assertThat(refused(draft("1", SOON, SOON.plusMonths(6).minusDays(1), 5)))
                .containsExactly("/file policy-known");
        approve(draft("2", SOON.plusMonths(6), null, 6));
    }

    @Test
    void every_fault_comes_back_with_its_line() {
        var faulty = draft("1", SOON, null, 5)
                .replace("confidence: C", "confidence: Z")
                .replace("days: 5", "days: 0")
                .replace("direction: ascending}\n  - {by: receipt", "direction: sideways}\n  - {by: receipt");
        var answer = Drafts.propose(anju, proposer, faulty).expect(422, "faulty-policy");
        assertThat(answer.findings())
                .contains("/file/lines/10 policy-fault", "/file/lines/16 policy-fault", "/file/lines/19 policy-fault");
        assertThat(answer.json().path("errors").path(0).path("detail").asText()).startsWith("第 10 行：");
        assertThat(publicVersions()).isEmpty();
    }

    @Test
    void refuses_what_is_no_document() {
        var latin = draft("1", SOON, null, 5).getBytes(Charset.forName("GB18030"));
        assertThat(Drafts.propose(anju, proposer, latin)
                        .expect(422, "faulty-policy")
                        .findings())
                .containsExactly("/file policy-not-utf8");
        for (var text : List.of(
                "",
                "- a list",
                "a: &a [x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
                "a: " + "[".repeat(200) + "]".repeat(200),
                draft("1", SOON, null, 5) + "city: \"370200\"\n",
                draft("1", SOON, null, 5).replace("370200", "320300"))) {
            assertThat(Drafts.propose(anju, proposer, text)
                            .expect(422, "faulty-policy")
                            .findings())
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isNotEmpty()
                    .allMatch(finding -> finding.matches("/file/lines/\\d+ policy-fault"));
        }
        Drafts.propose(anju, proposer, "#" + "x".repeat(1 << 20)).expect(413, "payload-too-large");
    }

    @Test
    void needs_a_file_and_a_reason() {
        var file = draft("1", SOON, null, 5).getBytes(StandardCharsets.UTF_8);
        for (var reason : List.of("", " ", "x".repeat(501))) {
            assertThat(anju.http()
                            .upload(
                                    "/v1/staff/policy-proposals",
                                    proposer,
                                    "draft.yaml",
                                    "application/yaml",
                                    file,
                                    "reason",
                                    reason)
                            .expect(400, "invalid-request")
                            .pointers())
                    .containsExactly("/reason");
        }
    }

    @Test
    void the_same_rules_wait_once_and_a_repeat_is_answered_alike() {
        var yaml = draft("1", SOON, null, 5);
        var id = Drafts.proposed(anju, proposer, yaml);
        Drafts.propose(anju, second, yaml).expect(409, "proposal-waits-already");
        var key = UUID.randomUUID().toString();
        var first = approvalWithKey(id, key);
        var again = approvalWithKey(id, key);
        assertThat(again.body()).isEqualTo(first.body());
    }

    private static Answer approvalWithKey(String id, String key) {
        return anju.http()
                .request("POST", "/v1/staff/policy-proposals/" + id + "/approval")
                .token(second)
                .key(key)
                .body(Map.of("reason", "核对无误"))
                .send()
                .expect(200);
    }

    @Test
    void another_city_sees_nothing_of_it() {
        var id = Drafts.proposed(anju, proposer, draft("1", SOON, null, 5));
        var xuzhou = officer("320300", "3203");
        anju.http().get("/v1/staff/policy-proposals/" + id, xuzhou).expect(404);
        Drafts.decide(anju, xuzhou, id, "approval").expect(404);
        assertThat(anju.http()
                        .get("/v1/staff/policy-proposals", xuzhou)
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void staff_read_the_text_and_what_it_would_change() {
        approve(draft("1", TODAY.plusDays(1), null, 5));
        var now = anju.clock().instant();
        anju.clock().advance(Duration.ofDays(2));
        try {
            var token = officer("370200", "3702");
            var yaml = draft("2", SOON, null, 6);
            var id = Drafts.proposed(anju, token, yaml);
            var shown = anju.http()
                    .get("/v1/staff/policy-proposals/" + id, token)
                    .expect(200)
                    .json();
            assertThat(shown.path("written").asText()).isEqualTo(yaml);
            assertThat(shown.path("differences").findValuesAsText("place")).contains("pipeline/review/days");
            assertThat(anju.http()
                            .get("/v1/staff/policy-proposals?state=proposed&limit=1", token)
                            .expect(200)
                            .json()
                            .path("items")
                            .path(0)
                            .path("proposalId")
                            .asText())
                    .isEqualTo(id);
        } finally {
            anju.clock().set(now);
        }
    }

    @Test
    void every_step_leaves_an_audit_row_and_an_event() {
        var id = UUID.fromString(Drafts.proposed(anju, proposer, draft("1", SOON, null, 5)));
        Drafts.decide(anju, second, id.toString(), "approval").expect(200);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT topic FROM platform.outbox WHERE subject_id = $1 ORDER BY id",
                                row -> row.getString(0),
                                id)))
                .containsExactly("policy.proposed", "policy.proposal-approved");
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT action FROM platform.audit WHERE subject_id = $1 ORDER BY at, action DESC",
                                row -> row.getString(0),
                                id)))
                .containsExactly("policy.proposed", "policy.proposal-approved");
    }

    @Test
    void a_restart_gets_along_with_what_was_approved() {
        // follows the sample that the folder has without an end, and ends it
        var yaml = Drafts.yaml("public-rental", "2030-1", LocalDate.of(2030, 1, 1), null, 5);
        Drafts.decide(anju, second, Drafts.proposed(anju, proposer, yaml), "approval")
                .expect(200);
        var restarted = new PolicyService(PolicyFolder.shipped());
        assertThat(Anju.await(anju.db().inTransaction(restarted::load))).isZero();
        assertThat(Anju.await(restarted.inForce(anju.db(), "370200", "public-rental", LocalDate.of(2030, 1, 1)))
                        .version())
                .isEqualTo("2030-1");
        assertThat(Anju.await(restarted.inForce(anju.db(), "370200", "public-rental", LocalDate.of(2029, 12, 31)))
                        .effectiveTo())
                .isEqualTo(LocalDate.of(2029, 12, 31));
    }

    private String draft(String version, LocalDate from, @Nullable LocalDate to, int days) {
        return Drafts.yaml(programme, version, from, to, days);
    }

    private void approve(String yaml) {
        Drafts.decide(anju, second, Drafts.proposed(anju, proposer, yaml), "approval")
                .expect(200);
    }

    private static List<String> refused(String yaml) {
        return Drafts.propose(anju, proposer, yaml).expect(422, "faulty-policy").findings();
    }

    private List<String> publicVersions() {
        return anju.http()
                .get("/v1/policies?cityCode=370200&programme=" + programme)
                .expect(200)
                .json()
                .path("items")
                .findValuesAsText("version");
    }
}
