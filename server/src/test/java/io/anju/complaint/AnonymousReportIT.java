package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonNode;
import io.anju.complaint.Filings.Filed;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Dump;
import io.anju.testing.LogCapture;
import io.anju.testing.Probe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Reports without a name: the code alone opens them, and the offices have them from the next day on. */
class AnonymousReportIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);
    private final Whistle whistle = new Whistle(anju);

    /** Each test in hours of its own: what may be done in an hour is counted over all of them. */
    @BeforeEach
    void passTime() {
        anju.clock().advance(Duration.ofHours(2));
    }

    private static JsonNode only(Answer listed, String text) {
        var found = new ArrayList<JsonNode>();
        listed.json().path("items").forEach(found::add);
        assertThat(found).as(text).isNotEmpty();
        return found.get(found.size() - 1);
    }

    /** Accepted by intake and answered by the district; gives its id. */
    private String answered(Desk intake, String code) {
        var number = whistle.follow(code)
                .expect(200)
                .json()
                .at("/report/complaint/complaintId")
                .asText();
        var filed = new Filed(number, filings.resident());
        Filings.accept(intake, filed).expect(200);
        var desk = filings.handler();
        Filings.act(desk, filed, "assignment", Map.of()).expect(200);
        Filings.reply(desk, filed).expect(200);
        return number;
    }

    @Test
    void is_filed_followed_and_answered_by_the_code_alone() {
        var intake = filings.intake();
        var today = anju.clock().today();
        var filed = whistle.send(Whistle.body("该户在邻区另有一套住房。")).expect(201).json();
        var code = filed.path("trackingCode").asText();
        assertThat(filed.path("filedOn").asText()).isEqualTo(today.toString());
        assertThat(filed.path("handedOverOn").asText())
                .isEqualTo(today.plusDays(1).toString());
        whistle.add(code, "该房屋现对外出租。").expect(201);
        whistle.attach(code, "IMG_20260304.jpg", "image/jpeg", Pictures.jpeg()).expect(201);
        var waiting = whistle.follow(code).expect(200).json();
        assertThat(waiting.path("handedOver").asBoolean()).isFalse();
        assertThat(waiting.path("waiting").asInt()).isEqualTo(2);
        assertThat(intake.get(Filings.WORK + "?queue=area&kind=report&limit=100")
                        .toString())
                .doesNotContain("anonymous");

        whistle.night();
        var there = whistle.follow(code).expect(200).json();
        assertThat(there.path("handedOver").asBoolean()).isTrue();
        assertThat(there.path("waiting").asInt()).isZero();
        assertThat(there.at("/report/complaint/filedOn").asText()).isEqualTo(today.toString());
        assertThat(there.at("/report/text").asText()).isEqualTo("该户在邻区另有一套住房。");
        assertThat(there.at("/report/history").findValuesAsText("kind"))
                .containsExactlyInAnyOrder("filed", "added", "attached");
        assertThat(there.at("/report/attachments")).hasSize(1);

        var id = answered(intake, code);
        var file =
                intake.get(Filings.WORK + "/" + id + "?reason=核实").expect(200).json();
        assertThat(file.toString()).contains("该房屋现对外出租").doesNotContain("IMG_2026", "sizeBytes");
        var picture = file.at("/attachments/0/attachmentId").asText();
        var bytes = intake.get(Filings.WORK + "/" + id + "/attachments/" + picture + "?reason=核实")
                .expect(200)
                .body();
        assertThat(bytes).startsWith(0xFF, 0xD8).endsWith(0xFF, 0xD9);
        var who = intake.get(Filings.WORK + "/" + id + "/reporter?reason=核实").expect(200);
        assertThat(who.json().path("anonymous").asBoolean()).isTrue();
        var after = whistle.follow(code).expect(200).json();
        assertThat(after.at("/report/complaint/state").asText()).isEqualTo("answered");
        assertThat(after.at("/report/views").findValuesAsText("what")).contains("reporter", "file");
    }

    @Test
    void what_is_added_later_comes_on_the_day_after() {
        var code = whistle.file("隐瞒收入情况。");
        whistle.night();
        whistle.add(code, "另有一处商铺。").expect(201);
        assertThat(whistle.follow(code).expect(200).toString()).doesNotContain("商铺");
        whistle.night();
        assertThat(whistle.follow(code).expect(200).toString()).contains("商铺");
        var intake = filings.intake();
        var id = whistle.follow(code).json().at("/report/complaint/complaintId").asText();
        Filings.act(
                        intake,
                        new Filed(id, filings.resident()),
                        "acceptance",
                        Map.of("accepted", false, "reason", "out-of-scope", "text", "不属于本系统"))
                .expect(200);
        whistle.add(code, "再补充。").expect(409, "complaint-closed");
        whistle.attach(code, "a.png", "image/png", Pictures.png()).expect(409, "complaint-closed");
    }

    @Test
    void gives_a_repeat_the_same_code_and_keeps_no_answer() {
        var body = Whistle.body("重复提交的举报。");
        var key = "9d0c7c52-6a0e-4ac6-93f4-0a2f6a1d7d11";
        var first =
                anju.http().request("POST", Whistle.PATH).key(key).body(body).send();
        var again =
                anju.http().request("POST", Whistle.PATH).key(key).body(body).send();
        assertThat(again.expect(201).json()).isEqualTo(first.expect(201).json());
        anju.http()
                .request("POST", Whistle.PATH)
                .key(key)
                .body(Whistle.body("另一份举报。"))
                .send()
                .expect(422, "idempotency-key-reused");
        whistle.night();
        var later =
                anju.http().request("POST", Whistle.PATH).key(key).body(body).send();
        assertThat(later.expect(201).json()).isEqualTo(first.json());
        var kept = Anju.await(anju.db()
                .list(
                        "SELECT operation FROM platform.idempotency WHERE operation ILIKE '%anonymous%'",
                        row -> row.getString("operation")));
        assertThat(kept).isEmpty();
        var dump = Dump.of(anju.databaseAddress());
        var code = Whistle.code(first);
        var plain = code.replace("-", "");
        for (var secret : new String[] {key, code, plain, plain.substring(10, 26), "重复提交的举报。"}) {
            assertThat(dump.places(secret)).isEmpty();
        }
        assertThat(dump.places(plain.substring(0, 10))).isNotEmpty();
    }

    @Test
    void takes_one_of_many_at_once_under_the_same_key() {
        var key = "77d0c7c5-6a0e-4ac6-93f4-0a2f6a1d7d22";
        var body = Whistle.body("同时提交多次的举报。");
        var sent = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 8; i++) {
            sent.add(anju.http()
                    .request("POST", Whistle.PATH)
                    .key(key)
                    .body(body)
                    .sendAsync());
        }
        var codes = sent.stream()
                .map(CompletableFuture::join)
                .filter(answer -> answer.status() == 201)
                .map(Whistle::code)
                .distinct()
                .toList();
        assertThat(codes).hasSize(1);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT 1 AS one FROM complaint.box WHERE lookup = $1",
                                row -> 1,
                                codes.get(0).replace("-", "").substring(0, 10))))
                .hasSize(1);
    }

    @Test
    void a_city_that_wants_names_takes_none() {
        var body = Whistle.body("徐州的举报。");
        body.put("cityCode", "320300");
        body.remove("areaCode");
        whistle.send(body).expect(422, "anonymous-reports-not-taken");
        body.put("cityCode", "999999");
        whistle.send(body).expect(422, "anonymous-reports-not-taken");
        var last = Whistle.body("举报最后一级办公室。");
        last.put("subject", Map.of("type", "office", "office", Filings.office("city", "3702")));
        whistle.send(last).expect(422, "report-names-last-office");
        var thing = Whistle.body("举报他人申请。");
        thing.put("subject", Map.of("type", "application", "subjectId", "01987a54-7c00-7a5b-8f3e-6d2c1b0a9f88"));
        whistle.send(thing).expect(422, "complaint-subject-unknown");
    }

    @Test
    void wrong_and_unknown_codes_are_answered_alike() {
        var code = whistle.file("查询码测试。");
        var parsed = TrackingCode.parse(code).orElseThrow();
        var wrong = new TrackingCode(parsed.lookup(), "0".repeat(16)).text();
        var unknown = new TrackingCode("0".repeat(10), parsed.secret()).text();
        var one = whistle.follow(wrong).expect(404, "tracking-code-unknown");
        var other = whistle.follow(unknown).expect(404, "tracking-code-unknown");
        assertThat(withoutTrace(one)).isEqualTo(withoutTrace(other));
        for (var opens : new String[] {wrong, unknown}) {
            whistle.add(opens, "补充").expect(404, "tracking-code-unknown");
            whistle.attach(opens, "a.png", "image/png", Pictures.png()).expect(404, "tracking-code-unknown");
        }
        var slip = (code.charAt(0) == '0' ? "1" : "0") + code.substring(1);
        whistle.follow(slip).expect(422, "tracking-code-mistyped");
        whistle.attach(slip, "a.png", "image/png", Pictures.png()).expect(422, "tracking-code-mistyped");
        whistle.follow(code).expect(200);
    }

    private static String withoutTrace(Answer answer) {
        return answer.json().toString().replaceAll("\"traceId\":\"[0-9a-f]+\"", "");
    }

    @Test
    void guessing_ends_after_so_many_tries_over_all_instances() {
        var code = whistle.file("猜测查询码测试。");
        var other = anju.another();
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 64; i++) {
            var guess = new TrackingCode("%010d".formatted(i), "0".repeat(16)).text();
            var client = i % 2 == 0 ? anju.http() : other;
            statuses.add(client.post(Whistle.PATH + "/progress", null, Map.of("trackingCode", guess))
                    .status());
        }
        assertThat(statuses.subList(0, 60)).containsOnly(404);
        assertThat(statuses.subList(60, 64)).containsOnly(429);
        // the right code waits as well, and is let in again with the next hour
        whistle.follow(code).expect(429, "too-many-anonymous-acts");
        anju.clock().advance(Duration.ofHours(1));
        whistle.follow(code).expect(200);
    }

    @Test
    void so_many_are_taken_from_one_address_in_an_hour() {
        for (int i = 0; i < 20; i++) {
            whistle.file("第" + i + "份举报内容。");
        }
        whistle.send(Whistle.body("再来一份举报。")).expect(429, "too-many-anonymous-acts");
    }

    @Test
    void neither_log_nor_measurement_knows_of_it() {
        try (var log = LogCapture.from(Level.DEBUG)) {
            var code = whistle.file("日志测试。");
            whistle.add(code, "补充。").expect(201);
            whistle.attach(code, "a.png", "image/png", Pictures.png()).expect(201);
            whistle.follow(code).expect(200);
            // a line is written after its answer: these come later, so the ones before are there
            for (int i = 0; i < 5; i++) {
                anju.http().get("/v1/complaint-categories?cityCode=370200").expect(200);
            }
            assertThat(log.text())
                    .contains("listComplaintCategories")
                    .doesNotContain("nonymous", "anonymous-reports", "127.0.0.1");
        }
        assertThat(Probe.metrics(anju)).contains("listComplaintCategories").doesNotContain("nonymous");
    }

    @Test
    void refuses_files_that_are_not_what_they_seem() {
        var code = whistle.file("文件测试。");
        var zip = "PK\003\004 not a picture".getBytes(StandardCharsets.ISO_8859_1);
        whistle.attach(code, "photo.jpg", "image/jpeg", zip).expect(415, "complaint-file-refused");
        var png = Pictures.png();
        var polyglot = Arrays.copyOf(png, png.length + zip.length);
        System.arraycopy(zip, 0, polyglot, png.length, zip.length);
        whistle.attach(code, "photo.png", "image/png", polyglot).expect(415, "complaint-file-refused");
        assertThat(whistle.follow(code).expect(200).json().path("waiting").asInt())
                .isZero();
    }

    @Test
    void a_file_of_the_same_content_is_there_once() {
        var code = whistle.file("重复文件测试。");
        whistle.attach(code, "a.png", "image/png", Pictures.png()).expect(201);
        whistle.attach(code, "b.png", "image/png", Pictures.png()).expect(201);
        whistle.night();
        assertThat(whistle.follow(code).expect(200).json().at("/report/attachments"))
                .hasSize(1);
        assertThat(only(filings.intake().get(Filings.WORK + "?queue=area&kind=report&limit=100"), "listed")
                        .path("complaint")
                        .path("kind")
                        .asText())
                .isEqualTo("report");
    }
}
