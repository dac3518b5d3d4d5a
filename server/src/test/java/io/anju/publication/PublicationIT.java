package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.cli.AnjuCommand;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A waiting list is published, downloaded, and checked by whoever likes; over HTTP. */
class PublicationIT {
    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_PUBLISH_MONTHLY", "on");

    private static final String LIST = "/v1/waiting-lists/370200/public-rental";
    private static final String ORDERS = "/v1/staff/publications";

    @SuppressWarnings("NullAway.Init")
    private static Case first;

    @SuppressWarnings("NullAway.Init")
    private static Case second;

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @BeforeAll
    static void registerTwoHouseholds() {
        var cases = new Cases(anju);
        var street = Desk.of(anju, "street", "370202001");
        var district = Desk.of(anju, "district", "370202");
        city = Desk.of(anju, "city", "3702");
        first = cases.handIn("370202001001");
        second = cases.handIn("370202001001");
        for (var one : List.of(first, second)) {
            street.approve(one).expect(200);
        }
        street.publishAndClose("street-publicity");
        for (var one : List.of(first, second)) {
            district.verifyAndApprove(one);
        }
        district.publishAndClose("district-publicity");
        assertThat(cases.state(second)).isEqualTo("registered");
    }

    @Test
    void is_there_as_a_whole_after_its_job_and_sound_in_both_forms() throws IOException {
        var id = publish("2026-B01");

        var publication = anju.http().get("/v1/publications/" + id).expect(200).json();
        assertThat(publication.path("total").asInt()).isEqualTo(2);
        assertThat(publication.path("period").asText()).isEqualTo("2026-B01");
        var key = anju.http()
                .get("/v1/receipt-keys/" + publication.path("keyId").asText())
                .expect(200)
                .json();
        var raw = Base64.getUrlDecoder().decode(key.path("x").asText());
        assertThat(publication.path("publicKey").asText()).isEqualTo(Publication.HEX.formatHex(raw));
        for (var form : List.of("csv", "json")) {
            var file = download(id, form);
            var report = Verifier.verify(
                    new ByteArrayInputStream(file.body()),
                    publication.path("publicKey").asText(),
                    second.receiptNumber());
            assertThat(report.fault()).as(form).isNull();
            assertThat(report.root()).isEqualTo(publication.path("root").asText());
            assertThat(report.row()).startsWith("2," + second.receiptNumber() + ",试**,1,370202,low-income,");
        }
        assertThat(anju.http()
                        .get(LIST + "/publications")
                        .expect(200)
                        .json()
                        .path("items")
                        .path(0)
                        .path("root"))
                .isEqualTo(publication.path("root"));
    }

    @Test
    void whoever_has_it_is_told_so() {
        var id = publish("2026-B02");
        for (var path : List.of(
                "/v1/publications/" + id,
                "/v1/publications/" + id + "/csv",
                "/v1/publications/" + id + "/json",
                LIST + "/latest-publication")) {
            var answer = anju.http().get(path).expect(200);
            assertThat(answer.header("Cache-Control")).startsWith("public, max-age=");
            for (var known : List.of(answer.etag(), "\"x\", W/" + answer.etag(), "*")) {
                var again = anju.http()
                        .request("GET", path)
                        .header("If-None-Match", known)
                        .send()
                        .expect(304);
                assertThat(again.etag()).isEqualTo(answer.etag());
                assertThat(again.body()).isEmpty();
            }
            anju.http()
                    .request("GET", path)
                    .header("If-None-Match", "\"x\"")
                    .send()
                    .expect(200);
        }
    }

    @Test
    void a_household_proves_its_own_row_and_nobody_elses() throws IOException {
        var id = publish("2026-B03");
        var root = anju.http()
                .get("/v1/publications/" + id)
                .expect(200)
                .json()
                .path("root")
                .asText();
        var mine = proof(first, "?publicationId=" + id).expect(200);
        var row = mine.json().path("row").asText();
        assertThat(row).contains(first.receiptNumber());
        assertThat(Verifier.checkProof(mine.body(), root, row)).isEmpty();

        var others = proof(second, "").expect(200).json().path("row").asText();
        assertThat(Verifier.checkProof(mine.body(), root, others)).contains("the proof is for another row");
        assertThat(Verifier.checkProof(mine.body(), "00".repeat(32), row))
                .contains("the path does not lead to the root");
        var forged = mine.json().deepCopy();
        ((ObjectNode) forged).put("salt", "00".repeat(32));
        assertThat(Verifier.checkProof(forged.toString().getBytes(StandardCharsets.UTF_8), root, row))
                .contains("the row is not bound to the household of the proof");

        anju.http().get(first.path() + "/proof", second.resident().token()).expect(404, "not-found");
        anju.http().get(first.path() + "/proof").expect(401);
        proof(first, "?publicationId=" + first.id()).expect(404, "not-found");
    }

    @Test
    void the_command_line_tells_sound_from_tampered(@TempDir Path folder) throws IOException {
        var id = publish("2026-B04");
        var file = Files.write(folder.resolve("list.csv"), download(id, "csv").body());
        var proof = Files.write(
                folder.resolve("proof.json"), proof(first, "").expect(200).body());
        assertThat(verify(file)).isZero();
        assertThat(verify(file, "--line", first.receiptNumber(), "--proof", proof))
                .isZero();
        assertThat(verify(file, "--line", second.receiptNumber(), "--proof", proof))
                .isEqualTo(1);
        assertThat(verify(file, "--line", "370200-2026-9999999-X")).isEqualTo(1);
        assertThat(verify(file, "--key", "00".repeat(32))).isEqualTo(1);
        assertThat(verify(file, "--proof", proof)).isEqualTo(2);
        assertThat(verify(folder.resolve("nothing"))).isEqualTo(2);
        Files.writeString(file, Files.readString(file).replace("low-income", "lower-middle-income"));
        assertThat(verify(file)).isEqualTo(1);
    }

    private static int verify(Object... arguments) {
        return AnjuCommand.run(Stream.concat(Stream.of("verify", "publication"), Stream.of(arguments))
                .map(Object::toString)
                .toArray(String[]::new));
    }

    @Test
    void of_two_at_once_one_wins_and_the_other_is_told() {
        var calls = Stream.of("2026-B05", "2026-B06", "2026-B07")
                .map(period -> anju.http()
                        .request("POST", ORDERS)
                        .token(city.token())
                        .body(order(period))
                        .sendAsync())
                .toList();
        var answers = calls.stream().map(call -> call.join()).toList();
        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(202, 409, 409);
        assertThat(answers.stream().filter(answer -> answer.status() == 409).map(Answer::code))
                .containsOnly("publication-under-way");
        anju.runJobs();
        var period = answers.stream()
                .filter(answer -> answer.status() == 202)
                .map(answer -> answer.json().path("period").asText())
                .findFirst()
                .orElseThrow();
        order(city, period).expect(409, "already-published");
    }

    @Test
    void only_the_citys_office_publishes_and_only_what_there_is() {
        order(Desk.of(anju, "district", "370202"), "2026-B08").expect(403, "city-office-only");
        order(Desk.of(anju, "city", "3203"), "2026-B08").expect(404, "not-found");
        city.post(ORDERS, Map.of("programme", "public-rental", "period", "2026-B08", "reason", "电话 13900000000"))
                .expect(422, "personal-data-in-reason");
    }

    @Test
    void the_register_shows_the_published_place() {
        var id = publish("2026-B09");
        var published = anju.http()
                .get(second.path() + "/registration", second.resident().token())
                .expect(200)
                .json()
                .path("published");
        assertThat(published.path("publicationId").asText()).isEqualTo(id);
        assertThat(published.path("rank").asInt()).isEqualTo(2);
        assertThat(published.path("total").asInt()).isEqualTo(2);
    }

    @Test
    void the_calendar_publishes_each_list_once_a_month() {
        anju.runJobs();
        for (int days = 0; days < 40; days += 10) {
            anju.clock().advanceDays(10);
            anju.runJobs();
        }
        var periods = periods();
        var month = anju.clock().today().toString().substring(0, 7);
        assertThat(periods).contains(month).doesNotHaveDuplicates();
        assertThat(periods.stream().filter(period -> period.matches("\\d{4}-\\d{2}")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void what_a_dead_run_left_undone_is_finished_later() {
        var id =
                order(city, "2026-B10").expect(202).json().path("publicationId").asText();
        Anju.await(anju.db().execute("DELETE FROM platform.job WHERE key = $1", id));
        anju.runJobs();
        anju.http().get("/v1/publications/" + id).expect(404);
        anju.clock().advance(Duration.ofHours(3));
        anju.runJobs();
        anju.http().get("/v1/publications/" + id).expect(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE publication.publication SET total = total",
                "DELETE FROM publication.run",
                "TRUNCATE publication.place",
                "DELETE FROM publication.request"
            })
    void nobody_changes_what_was_published(String statement) {
        assertThatThrownBy(() -> Anju.await(anju.db().execute(statement))).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> asOwner(statement)).hasMessageContaining("never changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "370200-2026-0000123-K,试一二三,1,low-income",
                "370200-2026-0000123-K,试**,1,13900000000",
                "370200-2026-0000123-K,试**,1",
                "=1+1,试**,1,low-income"
            })
    void nothing_is_published_that_could_name_a_person(String entry) {
        Entries.requireMasked("370200-2026-0000123-K,试**,1,low-income");
        assertThatThrownBy(() -> Entries.requireMasked(entry)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void the_table_refuses_a_run_with_a_whole_name() {
        var insert = "INSERT INTO publication.run VALUES (uuidv7(), 0, convert_to($1, 'UTF8'), sha256(''))";
        assertThatThrownBy(() -> Anju.await(anju.db().execute(insert, "1,370200-2026-0000123-K,试一二三,1,370202")))
                .hasMessageContaining("published_run_shows_no_names");
    }

    private static void asOwner(String statement) throws Exception {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://" + address.host() + ":" + address.port() + "/" + address.database(),
                        address.user(),
                        address.password());
                var change = connection.createStatement()) {
            change.execute(statement);
        }
    }

    @Test
    void nothing_published_names_a_person() {
        var id = publish("2026-B11");
        var household = first.household();
        var member = (Map<?, ?>) ((List<?>) Objects.requireNonNull(household.get("members"))).get(0);
        var secrets = List.of(
                String.valueOf(member.get("fullName")), String.valueOf(member.get("nationalId")), "13900000000");
        var artefacts = Stream.of("", "/csv", "/json")
                .map(form -> anju.http().get("/v1/publications/" + id + form).expect(200))
                .map(answer -> new String(answer.body(), StandardCharsets.UTF_8))
                .toList();
        for (var artefact : artefacts) {
            for (var secret : secrets) {
                assertThat(artefact.contains(secret)).isFalse();
            }
            assertThat(artefact).doesNotContain(first.id().toString());
        }
    }

    private static List<String> periods() {
        var items = anju.http()
                .get(LIST + "/publications?limit=100")
                .expect(200)
                .json()
                .path("items");
        return items.findValuesAsText("period");
    }

    private static Answer proof(Case one, String query) {
        return anju.http().get(one.path() + "/proof" + query, one.resident().token());
    }

    private static Answer download(String id, String form) {
        return anju.http().get("/v1/publications/" + id + "/" + form).expect(200);
    }

    private static Map<String, String> order(String period) {
        return Map.of("programme", "public-rental", "period", period, "reason", "批次配租前公布");
    }

    private static Answer order(Desk desk, String period) {
        return desk.post(ORDERS, order(period));
    }

    /** Publishes, once whatever the calendar asked for is out of the way. */
    private static String publish(String period) {
        anju.runJobs();
        // the ids of publications tell the newest by their time, which stands still in a test
        anju.clock().advance(Duration.ofSeconds(1));
        JsonNode asked = order(city, period).expect(202).json();
        anju.http()
                .get("/v1/publications/" + asked.path("publicationId").asText())
                .expect(404);
        anju.runJobs();
        return asked.path("publicationId").asText();
    }
}
