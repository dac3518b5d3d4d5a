package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What complaints are about, and what else there is about the same thing, seen from each side. */
class ComplaintSubjectIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @BeforeEach
    void beginOnAWednesday() {
        anju.clock().set(Anju.START);
    }

    @Test
    void is_about_ones_own_application_only() {
        var one = new Cases(anju).handIn("370202001001");
        var body = Filings.body("complaint", "application-handling", null);
        body.put("subject", Map.of("type", "application", "subjectId", one.id().toString()));
        var filed = filings.file(one.resident(), body);
        assertThat(filings.get(filed).json().at("/complaint/office/areaCode").asText())
                .isEqualTo("370202");
        anju.http().post(Filings.MINE, filings.resident().token(), body).expect(422, "complaint-subject-unknown");
        var related =
                filings.handler().get(filed.work() + "/related").expect(200).json();
        assertThat(related.path("applicationState").asText()).isEqualTo("in_review");
    }

    /** Each thing as its owner and a stranger name it, and one that nobody has: the last two look the same. */
    @Test
    void is_about_ones_own_lease_home_and_payment_only() {
        var things = Things.of(anju);
        var tenant = things.tenant();
        var lease = things.ids().get("lease");
        things.ids().forEach((type, id) -> {
            assertThat(complain(tenant.token(), type, id)
                            .expect(201)
                            .json()
                            .at("/complaint/office/areaCode")
                            .asText())
                    .as(type)
                    .isEqualTo("3702");
            var stranger = filings.resident().token();
            var others = complain(stranger, type, id).expect(422, "complaint-subject-unknown");
            var nobodys =
                    complain(stranger, type, UUID.randomUUID().toString()).expect(422, "complaint-subject-unknown");
            assertThat(others.json().path("errors")).isEqualTo(nobodys.json().path("errors"));
        });
        var mine = anju.http()
                .get(Filings.MINE + "?subjectId=" + lease, tenant.token())
                .expect(200)
                .json();
        assertThat(mine.path("items").findValuesAsText("complaintId")).hasSize(1);
    }

    private static Answer complain(String token, String type, String id) {
        var body = Filings.body("complaint", "rent-and-fees", null);
        body.put("subject", Map.of("type", type, "subjectId", id));
        return anju.http().post(Filings.MINE, token, body);
    }

    @Test
    void an_office_and_a_person_are_named_and_must_be_whole() {
        var body = Filings.body("complaint", "service-attitude", "370202001");
        body.put("subject", Map.of("type", "office", "office", Filings.office("district", "370299")));
        var token = filings.resident().token();
        anju.http().post(Filings.MINE, token, body).expect(422, "office-unknown");
        body.put("subject", Map.of("type", "office", "office", Filings.office("street", "370202001")));
        var filed = filings.file(filings.resident(), body);
        assertThat(filings.get(filed).json().at("/subject/office/areaCode").asText())
                .isEqualTo("370202001");
        body.put("subject", Map.of("type", "person", "name", "窗口人员"));
        filings.file(filings.resident(), body);
    }

    @Test
    void objection_complaint_and_application_refer_to_each_other() {
        var one = new Cases(anju).handIn("370202001001");
        var street = Desk.of(anju, "street", "370202001");
        street.approve(one).expect(200);
        var notice = street.publish("street-publicity")
                .expect(201)
                .json()
                .at("/notice/noticeId")
                .asText();
        var tracking = anju.http()
                .post(
                        "/v1/notices/" + notice + "/objections",
                        null,
                        Map.of("receiptNumber", one.receiptNumber(), "reason", "该家庭在外地另有住房"))
                .expect(201)
                .json()
                .path("trackingNumber")
                .asText();
        // whoever objected complains that nobody answers, and the applicant about the application
        var body = Filings.body("complaint", "publicity-notice", null);
        body.put("subject", Map.of("type", "notice", "subjectId", notice));
        body.put("objectionTrackingNumber", tracking);
        var objector = filings.file(filings.resident(), body);
        var about = Filings.body("complaint", "application-handling", null);
        about.put("subject", Map.of("type", "application", "subjectId", one.id().toString()));
        var applicant = filings.file(one.resident(), about);

        var related = anju.http()
                .get(objector.path() + "/related", objector.resident().token())
                .expect(200)
                .json();
        assertThat(related.at("/objections/0/state").asText()).isEqualTo("open");
        var progress =
                anju.http().get("/v1/objections/" + tracking, null).expect(200).json();
        assertThat(progress.at("/complaints/0/number").asText())
                .isEqualTo(filings.get(objector).json().at("/complaint/number").asText());
        var own = anju.http()
                .get(applicant.path() + "/related", one.resident().token())
                .expect(200)
                .json();
        // the applicant did not object and is told of no objection
        assertThat(own.path("objections")).isEmpty();
        assertThat(own.path("applicationState").asText()).isEqualTo("in_publicity");
        anju.http().get(objector.path() + "/related", one.resident().token()).expect(404);

        var desk = filings.handler();
        var ofApplication = desk.get("/v1/staff/applications/" + one.id() + "/complaints")
                .expect(200)
                .json();
        assertThat(ofApplication.findValuesAsText("complaintId")).containsExactly(applicant.id());
        filings.handler("district", "370203")
                .get("/v1/staff/applications/" + one.id() + "/complaints")
                .expect(404);
        var objectionId = street.get("/v1/staff/objections?noticeId=" + notice)
                .expect(200)
                .json()
                .at("/items/0/objectionId")
                .asText();
        assertThat(desk.get("/v1/staff/objections/" + objectionId + "/complaints")
                        .expect(200)
                        .json()
                        .findValuesAsText("complaintId"))
                .containsExactlyInAnyOrder(objector.id(), applicant.id());
        assertThat(desk.get(objector.work() + "/related")
                        .expect(200)
                        .json()
                        .at("/objections/0/objectionId")
                        .asText())
                .isEqualTo(objectionId);
    }

    /** Whoever asked to have a refusal looked at again, and complains about it. */
    @Test
    void a_re_review_and_a_complaint_refer_to_each_other() {
        var one = new Cases(anju).handIn("370202001001");
        Desk.of(anju, "street", "370202001")
                .decide(one, Map.of("decision", "refuse", "reasonCodes", List.of("income-above-line")))
                .expect(200);
        anju.http()
                .post(one.path() + "/re-review-requests", one.resident().token(), Map.of("reason", "收入核算有误，请复核"))
                .expect(200);
        var body = Filings.body("complaint", "application-handling", null);
        body.put("subject", Map.of("type", "application", "subjectId", one.id().toString()));
        var filed = filings.file(one.resident(), body);
        var own = anju.http()
                .get(filed.path() + "/related", one.resident().token())
                .expect(200)
                .json();
        assertThat(own.path("applicationState").asText()).isEqualTo("in_re_review");
        // the office that looks at the refusal again finds the complaint, and from the complaint the re-review
        var district = filings.handler();
        assertThat(district.get("/v1/staff/applications/" + one.id() + "/complaints")
                        .expect(200)
                        .json()
                        .findValuesAsText("complaintId"))
                .containsExactly(filed.id());
        assertThat(district.get(filed.work() + "/related")
                        .expect(200)
                        .json()
                        .path("applicationState")
                        .asText())
                .isEqualTo("in_re_review");
    }

    @Test
    void a_report_that_quotes_an_objection_is_told_to_nobody() {
        var one = new Cases(anju).handIn("370202001001");
        var street = Desk.of(anju, "street", "370202001");
        street.approve(one).expect(200);
        var notice = street.publish("street-publicity").expect(201).json();
        var tracking = anju.http()
                .post(
                        "/v1/notices/" + notice.at("/notice/noticeId").asText() + "/objections",
                        null,
                        Map.of("receiptNumber", one.receiptNumber(), "reason", "该家庭在外地另有住房"))
                .expect(201)
                .json()
                .path("trackingNumber")
                .asText();
        var body = Filings.body("report", "false-declaration", "370202001");
        body.put("objectionTrackingNumber", tracking);
        filings.file(filings.resident(), body);
        assertThat(anju.http()
                        .get("/v1/objections/" + tracking, null)
                        .expect(200)
                        .json()
                        .path("complaints"))
                .isEmpty();
    }
}
