package io.anju.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.platform.http.Language;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.People;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A copy of everything that is held about a resident. */
class ExportIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PATH = "/v1/me/exports";
    private static final String COMMUNITY = "370202001001";

    @Test
    void holds_every_kind_of_thing_and_nobody_elses_data() throws IOException {
        var cases = new Cases(anju);
        var household = cases.household(COMMUNITY);
        var spouse = spouse();
        var applicant = new LinkedHashMap<>(applicant(household));
        applicant.put("maritalStatus", "married");
        household.put("members", List.of(applicant, spouse));
        var one = cases.handIn(household);
        var street = Desk.of(anju, "street", "370202001");
        street.approve(one).expect(200);
        var text = download(one.resident().token());
        var copy = new ObjectMapper().readTree(text);

        assertThat(kinds(copy))
                .contains(
                        "account",
                        "log-in-methods",
                        "sessions",
                        "applications",
                        "submissions",
                        "timeline",
                        "documents",
                        "places",
                        "review-tasks",
                        "decisions",
                        "publicity-waiting",
                        "registrations",
                        "records");
        assertThat(rows(copy, "account").get(0).path("nationalId").asText())
                .isEqualTo(applicant(household).get("nationalId"));
        assertThat(rows(copy, "decisions")).hasSize(1);
        assertThat(rows(copy, "documents")).isNotEmpty();
        // the wife's name and number are masked, her income is left out
        var members = rows(copy, "submissions").get(0).path("household").path("members");
        assertThat(members.get(0).path("incomes")).isNotEmpty();
        assertThat(members.get(1).has("incomes")).isFalse();
        assertThat(members.get(1).path("fullName").asText()).isEqualTo("配**");
        assertThat(text).doesNotContain(String.valueOf(spouse.get("nationalId")));
    }

    @Test
    void every_kind_and_field_has_a_title_for_people() throws IOException {
        var one = new Cases(anju).handIn(COMMUNITY);
        var copy = new ObjectMapper().readTree(download(one.resident().token()));
        var names = new TreeSet<String>();
        copy.path("sections").forEach(section -> {
            names.add(section.path("kind").asText());
            section.path("rows").forEach(row -> collect(row, names));
        });
        assertThat(names).isNotEmpty().allMatch(OwnDataPage::hasTitle);
        assertThat(OwnDataPage.title("applications", Language.EN)).isEqualTo("Applications");
    }

    @Test
    void the_page_is_safe_whatever_was_typed() {
        var cases = new Cases(anju);
        var household = cases.household(COMMUNITY);
        household.put("currentAddress", Map.of("areaCode", COMMUNITY, "line", "<script>alert(1)</script>\"路"));
        var one = cases.handIn(household);
        var id = ready(one.resident().token());
        var page = anju.http()
                .get(PATH + "/" + id + "/page", one.resident().token())
                .expect(200);
        var text = new String(page.body(), StandardCharsets.UTF_8);
        assertThat(text).contains("&lt;script&gt;").doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
    }

    @Test
    void is_not_there_for_anyone_else_and_not_after_seven_days() {
        var token = anju.people().resident();
        var id = ready(token);
        var stranger = anju.people().resident();
        for (var path : List.of("", "/content", "/page")) {
            anju.http().get(PATH + "/" + id + path, stranger).expect(404);
        }
        anju.clock().advance(Duration.ofDays(7));
        var later = anju.people().resident();
        anju.http().get(PATH + "/" + id, later).expect(404);
    }

    @Test
    void cannot_be_fetched_before_it_is_ready_and_is_made_once() {
        var token = anju.people().resident();
        var id = ask(token).expect(202).json().path("exportId").asText();
        anju.http().get(PATH + "/" + id + "/content", token).expect(409, "export-not-ready");
        ask(token).expect(409, "export-under-way");
        anju.runJobs();
        anju.runJobs();
        anju.http().get(PATH + "/" + id + "/content", token).expect(200);
    }

    @Test
    void takes_a_recent_log_in() {
        var session = anju.people().logInWithWeChat().json();
        anju.clock().advance(Duration.ofMinutes(31));
        var refreshed = anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of("refreshToken", session.path("refreshToken").asText()))
                .expect(200)
                .json();
        ask(refreshed.path("accessToken").asText()).expect(403, "log-in-again");
    }

    @Test
    void three_a_day_and_not_one_more_however_many_ask_at_once() {
        var token = anju.people().resident();
        var answers = Stream.generate(() -> anju.http().request("POST", PATH).token(token))
                .limit(8)
                .map(call -> call.sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 202).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 429).hasSize(5);
        ask(token).expect(429, "too-many-data-requests");
    }

    @Test
    void whoever_opens_a_file_is_listed_with_the_reason() {
        var one = new Cases(anju).handIn(COMMUNITY);
        var street = Desk.of(anju, "street", "370202001");
        open(street, one);
        var views = anju.http()
                .get("/v1/me/file-views", one.resident().token())
                .expect(200)
                .json()
                .path("items");
        assertThat(views).hasSize(1);
        assertThat(views.get(0).path("what").asText()).isEqualTo("核对收入");
        assertThat(views.get(0).path("viewer").asText()).isEqualTo("office");
    }

    private static void open(Desk desk, Case one) {
        desk.get("/v1/staff/application-files/" + one.id() + "?reason=" + encoded("核对收入"))
                .expect(200);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Answer ask(String token) {
        return anju.http().post(PATH, token, null);
    }

    private static String ready(String token) {
        var id = ask(token).expect(202).json().path("exportId").asText();
        anju.runJobs();
        return id;
    }

    private static String download(String token) {
        var answer =
                anju.http().get(PATH + "/" + ready(token) + "/content", token).expect(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static List<String> kinds(JsonNode copy) {
        var kinds = new ArrayList<String>();
        copy.path("sections").forEach(section -> kinds.add(section.path("kind").asText()));
        return kinds;
    }

    private static List<JsonNode> rows(JsonNode copy, String kind) {
        var rows = new ArrayList<JsonNode>();
        copy.path("sections").forEach(section -> {
            if (section.path("kind").asText().equals(kind)) {
                section.path("rows").forEach(rows::add);
            }
        });
        return rows;
    }

    private static void collect(JsonNode node, TreeSet<String> names) {
        node.properties().forEach(field -> names.add(field.getKey()));
        node.forEach(child -> collect(child, names));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> applicant(Map<String, Object> household) {
        return ((List<Map<String, Object>>) Objects.requireNonNull(household.get("members"))).get(0);
    }

    private static Map<String, Object> spouse() {
        var born = LocalDate.of(1988, 5, 5);
        return Map.of(
                "fullName",
                "配偶某",
                "nationalId",
                People.nationalId(born, 44),
                "relation",
                "spouse",
                "sex",
                "female",
                "birthDate",
                born.toString(),
                "maritalStatus",
                "married",
                "specialGroups",
                List.of(),
                "incomes",
                List.of(Map.of("kind", "wage", "monthlyFen", 80000)));
    }
}
