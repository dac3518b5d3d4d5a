package io.anju.rights;

import static io.anju.rights.CorrectionForms.decision;
import static io.anju.rights.CorrectionForms.topics;
import static io.anju.rights.CorrectionForms.wish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.identity.Role;
import io.anju.platform.files.CleanFile;
import io.anju.platform.paper.Paper;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Proxies;
import io.anju.testing.Tenancies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The evidence for a correction, its day, and where it shows at a lease. */
class CorrectionEvidenceIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String COMMUNITY = "370202001001";
    private static final String MINE = "/v1/me/corrections";
    private static final String WORK = "/v1/staff/corrections";
    private static final String READING = "?reason=%E6%A0%B8%E5%AF%B9";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final Cases cases = new Cases(anju);

    @Test
    void papers_are_kept_sealed_and_opened_on_record_by_the_office_in_charge() {
        var one = cases.handIn(COMMUNITY);
        var id = ask(one);
        var fileId = upload(one, id, pdf("产权证"))
                .expect(201)
                .json()
                .path("attachmentId")
                .asText();
        assertThat(upload(one, id, pdf("产权证"))
                        .expect(201)
                        .json()
                        .path("attachmentId")
                        .asText())
                .isEqualTo(fileId);
        var mine = anju.http()
                .get(MINE + "/" + id, one.resident().token())
                .expect(200)
                .json();
        assertThat(mine.at("/attachments/0/mediaType").asText()).isEqualTo("application/pdf");

        var street = Desk.of(anju, "street", "370202001");
        var path = WORK + "/" + id + "/attachments/" + fileId + READING;
        assertThat(street.get(WORK + "/" + id + READING).expect(200).json().path("attachments"))
                .hasSize(1);
        var opened = street.get(path).expect(200);
        assertThat(opened.body())
                .isEqualTo(CleanFile.of(pdf("产权证")).orElseThrow().bytes());
        assertThat(opened.header("Content-Disposition")).startsWith("attachment;");
        assertThat(anju.http()
                        .get("/v1/me/file-views", one.resident().token())
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(2);
        for (var stranger : List.of(Desk.of(anju, "street", "370202002"), Desk.of(anju, "city", "3203"))) {
            stranger.get(path).expect(404);
        }
        street.get(WORK + "/" + id + "/attachments/" + UUID.randomUUID() + READING)
                .expect(404);
        street.post("/v1/staff/recusals", Map.of("nationalId", applicant(one), "ground", "sibling"))
                .expect(201);
        street.get(path).expect(409, "recusal-required");
        var other = cases.handIn(COMMUNITY);
        var own = MINE + "/" + id + "/attachments/" + fileId;
        anju.http().get(own, one.resident().token()).expect(200);
        anju.http().get(own, other.resident().token()).expect(404);
        upload(other, id, pdf("别人")).expect(404);
        anju.http()
                .get(
                        MINE + "/" + ask(other) + "/attachments/" + fileId,
                        other.resident().token())
                .expect(404);
    }

    @Test
    void takes_ten_sound_papers_while_the_request_is_open() {
        var one = cases.handIn(COMMUNITY);
        var id = ask(one);
        upload(one, id, "MZ program".getBytes(StandardCharsets.US_ASCII)).expect(415, "correction-file-refused");
        IntStream.range(0, 10).forEach(i -> upload(one, id, pdf("第" + i)).expect(201));
        upload(one, id, pdf("第十一")).expect(409, "too-many-correction-files");
        upload(one, id, pdf("第3")).expect(201);
        Desk.of(anju, "street", "370202001")
                .post(WORK + "/" + id + "/decision", decision("refuse"))
                .expect(200);
        upload(one, id, pdf("晚了")).expect(409, "correction-decided");
        assertThatThrownBy(() -> Anju.await(anju.db().execute("UPDATE rights.attachment SET size_bytes = 1")))
                .isInstanceOf(Exception.class);
    }

    @Test
    void a_proxy_adds_papers_within_the_mandate() {
        var one = cases.handIn(COMMUNITY);
        var id = ask(one);
        var proxies = new Proxies(anju);
        var helper = proxies.person("代办人", LocalDate.of(1981, 3, 3));
        var mandate = proxies.mandate(one.resident().token(), helper.token(), List.of("apply"));
        proxies.as(helper.token(), mandate, "POST", MINE + "/" + id + "/attachments")
                .file("deed.pdf", "application/pdf", pdf("代办"))
                .send()
                .expect(201);
    }

    @Test
    void evidence_about_the_account_goes_with_the_account() {
        var person = new Proxies(anju).person("王小名", LocalDate.of(1978, 2, 2));
        var wish = wish("identity", null);
        wish.put("correct", "王小明");
        wish.put("cityCode", "370200");
        var id = anju.http()
                .post(MINE, person.token(), wish)
                .expect(201)
                .json()
                .path("correctionId")
                .asText();
        anju.http()
                .upload(MINE + "/" + id + "/attachments", person.token(), "id.pdf", "application/pdf", pdf("身份证"))
                .expect(201);
        anju.http().post(MINE + "/" + id + "/withdrawal", person.token(), null).expect(200);
        anju.http().post("/v1/me/deletion", person.token(), null).expect(200);
        assertThat(count("SELECT count(*) FROM rights.attachment WHERE correction_id = '" + id + "'"))
                .isZero();
        assertThat(count("SELECT count(*) FROM rights.loose_file WHERE since = '-infinity'"))
                .isPositive();
        anju.clock().advanceDays(1);
        anju.runJobs();
        assertThat(count("SELECT count(*) FROM rights.loose_file WHERE since = '-infinity'"))
                .isZero();
    }

    @Test
    void the_day_is_told_before_and_after_once_each_and_counted() throws Exception {
        var one = cases.handIn(COMMUNITY);
        var id = ask(one);
        var street = Desk.of(anju, "street", "370202001");
        anju.clock().advanceDays(24);
        anju.runJobs();
        assertThat(topics(anju, id)).containsExactly("data-correction.requested");
        anju.clock().advanceDays(1);
        anju.runJobs();
        anju.runJobs();
        assertThat(topics(anju, id)).containsExactly("data-correction.requested", "data-correction.due-soon");
        assertThat(late(street)).doesNotContain(id);
        anju.clock().advanceDays(6);
        anju.runJobs();
        anju.clock().advanceDays(1);
        anju.runJobs();
        assertThat(topics(anju, id))
                .containsExactly("data-correction.requested", "data-correction.due-soon", "data-correction.overdue");
        assertThat(payload(id, "data-correction.overdue")).contains("\"370202001\"");
        assertThat(late(street)).contains(id);
        assertThat(late(Desk.of(anju, "district", "370203"))).doesNotContain(id);
        var late = count("SELECT count(*) FROM rights.correction WHERE state = 'requested' AND overdue_at IS NOT NULL");
        assertThat(metered(late + ".0")).isEqualTo(late + ".0");
        street.post(WORK + "/" + id + "/decision", decision("uphold")).expect(200);
        assertThat(late(Desk.of(anju, "street", "370202001"))).doesNotContain(id);
    }

    @Test
    void what_was_put_right_in_a_lease_stands_at_the_lease_for_both_sides() {
        var city = Desk.of(anju, "city", "3702");
        var tenancies = new Tenancies(anju, city);
        var tenant = tenancies.tenant();
        var lease = tenancies.let(Letting.QINGDAO, tenant);
        uphold(city, tenant, lease, "合同写的房号", "1203 号");
        uphold(city, tenant, lease, "联系电话", "13812345678");
        for (Answer shown : List.of(
                city.get("/v1/staff/leases/" + lease).expect(200),
                anju.http().get("/v1/me/leases/" + lease, tenant.token()).expect(200))) {
            var amendments = shown.json().path("amendments");
            assertThat(amendments).hasSize(2);
            assertThat(amendments.get(1).path("correct").asText()).isEqualTo("1203 号");
            assertThat(amendments.get(0).has("correct"))
                    .as("numbers of people are shown by no lease")
                    .isFalse();
        }
        assertThat(city.get("/v1/staff/leases").expect(200).toString()).doesNotContain("1203 号");
    }

    @Test
    void whoever_is_close_to_anybody_who_signed_stays_out_of_its_correction() {
        var city = Desk.of(anju, "city", "3702");
        var tenancies = new Tenancies(anju, city);
        var tenant = tenancies.tenant();
        var beside = tenancies.tenant();
        var order = tenancies.order(Letting.QINGDAO, tenant);
        order.put("coTenants", List.of(beside.person()));
        var lease = tenancies.let(order);
        var id = anju.http()
                .post(MINE, tenant.token(), wish("lease", UUID.fromString(lease)))
                .expect(201)
                .json()
                .path("correctionId")
                .asText();
        var relative = Desk.of(anju, "city", "3702", "亲属", Set.of(Role.INTAKE, Role.REVIEWER));
        relative.post("/v1/staff/recusals", Map.of("nationalId", beside.nationalId(), "ground", "sibling"))
                .expect(201);
        relative.post(WORK + "/" + id + "/decision", decision("uphold")).expect(409, "recusal-required");
    }

    private static void uphold(Desk city, Tenancies.Tenant tenant, String lease, String item, String correct) {
        var wish = wish("lease", UUID.fromString(lease));
        wish.put("item", item);
        wish.put("correct", correct);
        var id = anju.http()
                .post(MINE, tenant.token(), wish)
                .expect(201)
                .json()
                .path("correctionId")
                .asText();
        city.post(WORK + "/" + id + "/decision", decision("uphold")).expect(200);
        anju.clock().advance(Duration.ofSeconds(1));
    }

    private static String ask(Case one) {
        return anju.http()
                .post(MINE, one.resident().token(), wish("application", one.id()))
                .expect(201)
                .json()
                .path("correctionId")
                .asText();
    }

    private static Answer upload(Case one, String id, byte[] content) {
        return anju.http()
                .upload(
                        MINE + "/" + id + "/attachments",
                        one.resident().token(),
                        "deed.pdf",
                        "application/pdf",
                        content);
    }

    private static byte[] pdf(String text) {
        return Paper.write(text, paper -> paper.line(Paper.PLAIN, text));
    }

    @SuppressWarnings("unchecked")
    private static Object applicant(Case one) {
        var members = (List<Map<String, Object>>)
                Objects.requireNonNull(one.household().get("members"));
        return Objects.requireNonNull(members.get(0).get("nationalId"));
    }

    private static List<String> late(Desk desk) {
        return desk.get(WORK + "?overdue=true&limit=100").expect(200).json().findValuesAsText("correctionId");
    }

    private static String payload(String id, String topic) {
        return Anju.await(anju.db()
                        .find(
                                "SELECT payload::text AS payload FROM platform.outbox WHERE subject_id = $1 AND topic = $2",
                                row -> row.getString("payload"),
                                UUID.fromString(id),
                                topic))
                .orElseThrow();
    }

    private static long count(String sql) {
        return Anju.await(anju.db().find(sql, row -> row.getLong(0))).orElseThrow();
    }

    /** What the meter shows; reading it asks for the count that the next reading shows. */
    private static String metered(String wanted) throws Exception {
        var metrics = URI.create("http://127.0.0.1:" + anju.app().managementPort() + "/metrics");
        var request = HttpRequest.newBuilder(metrics).build();
        var shown = "";
        for (int attempt = 0; attempt < 200 && !shown.equals(wanted); attempt++) {
            shown = CLIENT.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("anju_rights_corrections_overdue"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .collect(Collectors.joining());
        }
        return shown;
    }
}
