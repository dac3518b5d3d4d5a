package io.anju.publicity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Qingdao's street publicity: seven days, masked, with objections. Each test has a street office of its own. */
class PublicityIT {
    private static final String STEP = "street-publicity";
    private static final String NOTICES = "/v1/notices/";

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Cases cases = new Cases(anju);

    @Test
    void a_notice_shows_masked_lines_to_everyone() {
        var desk = street("370202001");
        var all = awaiting(desk, "370202001001", 3);
        var queue = desk.get("/v1/staff/publicity-queue").expect(200).json();
        assertThat(queue.path("steps").get(0).path("waiting").asInt()).isEqualTo(3);
        var opened = desk.publish(STEP).expect(201).json();
        assertThat(opened.path("stillWaiting").asInt()).isZero();
        var noticeId = noticeId(opened);

        var first = anju.http().get(NOTICES + noticeId + "?limit=2").expect(200);
        assertThat(first.json().path("lines")).hasSize(2);
        var second = anju.http()
                .get(NOTICES + noticeId + "?limit=2&cursor="
                        + first.json().path("nextCursor").asText())
                .expect(200);
        assertThat(second.json().path("lines")).hasSize(1);
        assertThat(second.etag()).isEqualTo(first.etag());
        var line = line(noticeId, all.get(0));
        assertThat(line.path("maskedName").asText()).isEqualTo("试**");
        assertThat(line.path("district").asText()).isEqualTo("市南区");
        assertThat(line.path("score").asText()).matches("\\d+\\.\\d{4}");
        assertThat(first.json().toString()).doesNotContain("nationalId", "13900000000");
        assertThat(anju.http()
                        .get("/v1/notices?cityCode=370200&state=open")
                        .expect(200)
                        .json()
                        .path("items"))
                .anyMatch(notice -> notice.path("noticeId").asText().equals(noticeId));
        desk.publish(STEP).expect(409, "nothing-to-publish");
    }

    @Test
    void of_officers_who_publish_at_once_each_household_is_on_one_notice() {
        var desk = street("370202002");
        var all = awaiting(desk, "370202002001", 6);
        var desks = Stream.generate(() -> street("370202002")).limit(6).toList();
        var answers = desks.stream()
                .map(officer -> anju.http()
                        .request("POST", "/v1/staff/notices")
                        .token(officer.token())
                        .body(Map.of("programme", "public-rental", "stepId", STEP))
                        .sendAsync())
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        var opened = answers.stream().filter(answer -> answer.status() == 201).toList();
        assertThat(opened.stream().mapToInt(PublicityIT::lineCount).sum()).isEqualTo(6);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allMatch(answer -> answer.code().equals("nothing-to-publish"));
        all.forEach(one -> assertThat(cases.state(one)).isEqualTo("in_publicity"));
    }

    @Test
    void only_what_waits_at_the_own_office_can_be_published() {
        var desk = street("370203001");
        var mine = awaiting(desk, "370203001001", 1).get(0);
        var inReview = cases.handIn("370203001001");
        var body = Map.of(
                "programme",
                "public-rental",
                "stepId",
                STEP,
                "applicationIds",
                List.of(mine.id().toString(), inReview.id().toString()));
        assertThat(desk.post("/v1/staff/notices", body)
                        .expect(422, "not-awaiting-publicity")
                        .pointers())
                .containsExactly("/applicationIds/1");
        assertThat(street("370203002")
                        .post("/v1/staff/notices", body)
                        .expect(422)
                        .pointers())
                .containsExactly("/applicationIds/0", "/applicationIds/1");
        assertThat(cases.state(mine)).isEqualTo("awaiting_publicity");
    }

    @Test
    void a_notice_closes_at_midnight_in_shanghai_after_its_last_day() {
        anju.clock().set(anju.clock().today().plusDays(1), LocalTime.of(23, 30));
        var opening = anju.clock().today();
        var desk = street("370203002");
        var one = awaiting(desk, "370203002001", 1).get(0);
        var notice = desk.publish(STEP).expect(201).json().path("notice");
        var lastDay = LocalDate.parse(notice.path("endsOn").asText());
        assertThat(lastDay).isEqualTo(opening.plusDays(7));

        anju.clock().set(lastDay, LocalTime.of(23, 59, 59));
        anju.runJobs();
        assertThat(cases.state(one)).isEqualTo("in_publicity");
        assertThat(shown(notice).path("notice").path("state").asText()).isEqualTo("open");
        assertThat(shown(notice).path("lines")).hasSize(1);

        anju.clock().set(lastDay.plusDays(1), LocalTime.MIDNIGHT);
        assertThat(anju.clock().instant())
                .isEqualTo(Instant.parse(notice.path("closesAt").asText()));
        assertThat(shown(notice).path("notice").path("state").asText()).isEqualTo("closed");
        assertThat(shown(notice).path("lines")).isEmpty();
        object(notice.path("noticeId").asText(), one.receiptNumber()).expect(409, "notice-closed");

        // two instances at once
        var jobs = anju.domains().jobs;
        Anju.await(Future.all(
                jobs.runDue(anju.clock().instant()), jobs.runDue(anju.clock().instant())));
        assertThat(cases.state(one)).isEqualTo("in_review");
        anju.runJobs();
        assertThat(cases.state(one)).isEqualTo("in_review");
    }

    @Test
    void an_upheld_objection_refuses_at_once_and_a_dismissed_one_does_not() {
        var desk = street("370211001");
        var all = awaiting(desk, "370211001001", 2);
        var noticeId = noticeId(desk.publish(STEP).expect(201).json());
        object(noticeId, "370200-2026-9999999-A").expect(422, "not-on-notice");
        object(UUID.randomUUID().toString(), all.get(0).receiptNumber()).expect(404, "not-found");
        var first = object(noticeId, all.get(0).receiptNumber()).expect(201).json();
        var second = object(noticeId, all.get(1).receiptNumber()).expect(201).json();

        var listed = desk.get("/v1/staff/objections?state=open&noticeId=" + noticeId)
                .expect(200)
                .json()
                .path("items");
        assertThat(listed).hasSize(2);
        assertThat(listed.get(0).path("contact").asText()).isEqualTo("工作日可联系");
        assertThat(street("370211002")
                        .get("/v1/staff/objections")
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
        street("370211002")
                .post(decision(listed.get(0)), Map.of("decision", "upheld", "reason", "情况属实成立"))
                .expect(404, "not-found");

        decide(desk, listed, all.get(0), "upheld").expect(200);
        assertThat(cases.state(all.get(0))).isEqualTo("refused");
        decide(desk, listed, all.get(0), "dismissed").expect(409, "objection-decided");
        object(noticeId, all.get(0).receiptNumber()).expect(409, "line-settled");
        decide(desk, listed, all.get(1), "dismissed").expect(200);
        assertThat(cases.state(all.get(1))).isEqualTo("in_publicity");
        assertThat(progress(first).path("state").asText()).isEqualTo("upheld");
        assertThat(progress(second).path("answer").asText()).isEqualTo("经核查处理");
        assertThat(progress(second).has("reason")).isFalse();
        anju.http().get("/v1/objections/0000-0000-0000-0000").expect(404, "not-found");
    }

    @Test
    void an_undecided_objection_holds_its_line_back_until_it_is_decided() {
        var desk = street("370211002");
        var all = awaiting(desk, "370211002001", 2);
        var notice = desk.publish(STEP).expect(201).json().path("notice");
        var noticeId = notice.path("noticeId").asText();
        object(noticeId, all.get(0).receiptNumber()).expect(201);
        object(noticeId, all.get(0).receiptNumber()).expect(201);
        anju.clock().set(Instant.parse(notice.path("closesAt").asText()));
        anju.runJobs();
        assertThat(cases.state(all.get(0))).isEqualTo("in_publicity");
        assertThat(cases.state(all.get(1))).isEqualTo("in_review");

        var listed = desk.get("/v1/staff/objections?noticeId=" + noticeId)
                .expect(200)
                .json()
                .path("items");
        desk.post(decision(listed.get(0)), Map.of("decision", "dismissed", "reason", "经核查不属实"))
                .expect(200);
        assertThat(cases.state(all.get(0))).isEqualTo("in_publicity");
        desk.post(decision(listed.get(1)), Map.of("decision", "dismissed", "reason", "经核查不属实"))
                .expect(200);
        assertThat(cases.state(all.get(0))).isEqualTo("in_review");
    }

    @Test
    void a_withdrawn_household_leaves_the_notice() {
        var desk = street("370212001");
        var all = awaiting(desk, "370212001001", 2);
        var notice = desk.publish(STEP).expect(201).json().path("notice");
        var before = anju.http().get(NOTICES + notice.path("noticeId").asText()).expect(200);
        var gone = all.get(0);
        anju.http()
                .post(gone.path() + "/withdrawal", gone.resident().token(), Map.of())
                .expect(200);

        var after = anju.http().get(NOTICES + notice.path("noticeId").asText()).expect(200);
        assertThat(after.json().path("lines")).hasSize(1);
        assertThat(after.etag()).isNotEqualTo(before.etag());
        object(notice.path("noticeId").asText(), gone.receiptNumber()).expect(422, "not-on-notice");
        anju.clock().set(Instant.parse(notice.path("closesAt").asText()));
        anju.runJobs();
        assertThat(cases.state(gone)).isEqualTo("withdrawn");
        assertThat(cases.state(all.get(1))).isEqualTo("in_review");
    }

    private static Desk street(String areaCode) {
        return Desk.of(anju, "street", areaCode);
    }

    private List<Case> awaiting(Desk desk, String community, int count) {
        var handedIn =
                IntStream.range(0, count).mapToObj(i -> cases.handIn(community)).toList();
        handedIn.forEach(one -> desk.approve(one).expect(200));
        return handedIn;
    }

    private static String noticeId(JsonNode opened) {
        return opened.path("notice").path("noticeId").asText();
    }

    private static int lineCount(Answer opened) {
        return opened.json().path("notice").path("lineCount").asInt();
    }

    private static JsonNode shown(JsonNode notice) {
        return anju.http()
                .get(NOTICES + notice.path("noticeId").asText())
                .expect(200)
                .json();
    }

    private static JsonNode line(String noticeId, Case one) {
        for (var line : anju.http().get(NOTICES + noticeId).expect(200).json().path("lines")) {
            if (line.path("receiptNumber").asText().equals(one.receiptNumber())) {
                return line;
            }
        }
        throw new AssertionError("no line of " + one.receiptNumber());
    }

    private static Answer object(String noticeId, String receiptNumber) {
        return anju.http()
                .post(
                        NOTICES + noticeId + "/objections",
                        null,
                        Map.of("receiptNumber", receiptNumber, "reason", "该户另有住房未申报", "contact", "工作日可联系"));
    }

    private static String decision(JsonNode objection) {
        return "/v1/staff/objections/" + objection.path("objectionId").asText() + "/decision";
    }

    private static Answer decide(Desk desk, JsonNode listed, Case about, String decision) {
        for (var objection : listed) {
            if (objection.path("receiptNumber").asText().equals(about.receiptNumber())) {
                return desk.post(decision(objection), Map.of("decision", decision, "reason", "经核查处理"));
            }
        }
        throw new AssertionError("no objection to " + about.receiptNumber());
    }

    private static JsonNode progress(JsonNode receipt) {
        return anju.http()
                .get("/v1/objections/" + receipt.path("trackingNumber").asText())
                .expect(200)
                .json();
    }
}
