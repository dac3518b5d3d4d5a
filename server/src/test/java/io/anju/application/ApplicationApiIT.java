package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.api.model.Household;
import io.anju.api.model.Member;
import io.anju.identity.Sex;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Applicants;
import io.anju.testing.Households;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ApplicationApiIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Applicants applicants = new Applicants(anju);

    @Test
    void a_household_applies_and_gets_a_receipt() {
        var draft = applicants.complete(Households.qingdao());

        var receipt = applicants.submit(draft).expect(201);

        var number = receipt.json().path("receiptNumber").asText();
        assertThat(ReceiptNumber.isValid(number)).isTrue();
        assertThat(receipt.json().path("applicantName").asText()).isEqualTo("王**");
        var application = anju.http().get(draft.path(), draft.token()).expect(200);
        assertThat(application.etag()).isEqualTo(receipt.etag());
        assertThat(application.json().path("state").asText()).isEqualTo("in_review");
        assertThat(application.json().path("step").path("id").asText()).isNotEmpty();
        assertThat(application.json().path("household").path("members")).hasSize(3);
        var again = anju.http().get(draft.path() + "/receipt", draft.token()).expect(200);
        assertThat(again.json()).isEqualTo(receipt.json());
    }

    @Test
    void the_receipt_prints_with_a_qr_code_and_verifies_with_the_published_key() {
        var draft = applicants.submitted(Households.qingdao());

        var receipt = anju.http()
                .get(draft.path() + "/receipt", draft.token())
                .expect(200)
                .json();
        var page =
                anju.http().get(draft.path() + "/receipt/print", draft.token()).expect(200);

        var signature = receipt.path("signature");
        var text =
                signature.path("keyId").asText() + "." + signature.path("value").asText();
        assertThat(anju.domains()
                        .vault
                        .verify(
                                signature.path("payload").asText().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                io.anju.platform.crypto.Signature.parse(text)))
                .isTrue();
        assertThat(signature.path("payload").asText())
                .contains(
                        receipt.path("receiptNumber").asText(),
                        receipt.path("contentSha256").asText());
        var html = new String(page.body(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(html)
                .contains("<svg", receipt.path("receiptNumber").asText())
                .doesNotContain(
                        "http://www.google",
                        "<script",
                        draft.household().members().get(0).nationalId());
    }

    @Test
    void anyone_can_check_a_receipt_with_the_published_key() throws GeneralSecurityException {
        var draft = applicants.submitted(Households.qingdao());
        var signature =
                anju.http().get(draft.path() + "/receipt", draft.token()).json().path("signature");

        var key = anju.http()
                .get("/v1/receipt-keys/" + signature.path("keyId").asText())
                .expect(200)
                .json();

        // what a stranger does: the raw key in its standard wrapping, and nothing of ours
        var wrapped = new byte[44];
        System.arraycopy(HexFormat.of().parseHex("302a300506032b6570032100"), 0, wrapped, 0, 12);
        System.arraycopy(Base64.getUrlDecoder().decode(key.path("x").asText()), 0, wrapped, 12, 32);
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(wrapped)));
        verifier.update(signature.path("payload").asText().getBytes(StandardCharsets.UTF_8));
        assertThat(verifier.verify(
                        Base64.getUrlDecoder().decode(signature.path("value").asText())))
                .isTrue();
        anju.http().get("/v1/receipt-keys/00000000").expect(404, "not-found");
    }

    @Test
    void the_timeline_tells_every_change_newest_first() {
        var draft = applicants.submitted(Households.qingdao());
        anju.http()
                .post(draft.path() + "/withdrawal", draft.token(), Map.of("reason", "已购房"))
                .expect(200);

        var first = anju.http()
                .get(draft.path() + "/timeline?limit=2", draft.token())
                .expect(200)
                .json();
        var second = anju.http()
                .get(
                        draft.path() + "/timeline?limit=2&cursor="
                                + first.path("nextCursor").asText(),
                        draft.token())
                .expect(200)
                .json();

        assertThat(kinds(first)).containsExactly("withdrawn", "submitted");
        assertThat(first.path("items").get(0).path("note").asText()).isEqualTo("已购房");
        assertThat(kinds(second)).containsExactly("created");
        assertThat(second.has("nextCursor")).isFalse();
    }

    private static List<String> kinds(com.fasterxml.jackson.databind.JsonNode page) {
        var kinds = new ArrayList<String>();
        page.path("items").forEach(event -> kinds.add(event.path("kind").asText()));
        return kinds;
    }

    @Test
    void lists_only_ones_own_applications_page_by_page() {
        var household = Households.qingdao();
        var token = applicants.resident(household);
        var ids = IntStream.range(0, 3)
                .mapToObj(i -> {
                    // ids are ordered by the clock, which stands still in a test
                    anju.clock().advance(Duration.ofMillis(1));
                    return applicants.draft(token, household).id();
                })
                .toList();
        applicants.draft(Households.qingdao());

        var first =
                anju.http().get("/v1/applications?limit=2", token).expect(200).json();
        var second = anju.http()
                .get(
                        "/v1/applications?limit=2&cursor="
                                + first.path("nextCursor").asText(),
                        token)
                .expect(200)
                .json();

        assertThat(first.path("items").get(0).path("id").asText()).isEqualTo(ids.get(2));
        assertThat(second.path("items").get(0).path("id").asText()).isEqualTo(ids.get(0));
        assertThat(second.path("items")).hasSize(1);
    }

    @Test
    void an_edit_needs_the_current_version() {
        var draft = applicants.draft(Households.qingdao());
        var body = Map.of("household", draft.household());

        anju.http().put(draft.path(), draft.token(), body).expect(428, "precondition-required");
        var updated =
                anju.http().put(draft.path(), draft.token(), draft.etag(), body).expect(200);
        anju.http().put(draft.path(), draft.token(), draft.etag(), body).expect(412, "precondition-failed");
        anju.http()
                .put(draft.path(), draft.token(), "\"9999999999999999999\"", body)
                .expect(412, "precondition-failed");

        assertThat(updated.etag()).isEqualTo("\"2\"");
        applicants.submit(applicants.complete(draft)).expect(201);
        var current = anju.http().get(draft.path(), draft.token()).etag();
        anju.http().put(draft.path(), draft.token(), current, body).expect(409, "not-a-draft");
    }

    @Test
    void another_resident_finds_nothing() {
        var draft = applicants.submitted(Households.qingdao());
        var other = anju.people().resident();

        for (String path : List.of("", "/receipt", "/receipt/print", "/timeline", "/readings")) {
            anju.http().get(draft.path() + path, other).expect(404, "not-found");
        }
        anju.http()
                .put(draft.path(), other, draft.etag(), Map.of("household", draft.household()))
                .expect(404, "not-found");
        anju.http().post(draft.path() + "/withdrawal", other, Map.of()).expect(404, "not-found");
        applicants
                .submit(new Applicants.Draft(other, draft.id(), draft.etag(), draft.household()))
                .expect(404, "not-found");
        anju.http().get("/v1/applications/" + UUID.randomUUID(), other).expect(404, "not-found");
    }

    @Test
    void names_every_contradiction_at_once() {
        var household = Households.qingdao();
        var members = household.members();
        var child = members.get(2);
        var older = copy(child, Households.nationalId(LocalDate.of(1980, 1, 1), Sex.FEMALE), LocalDate.of(1980, 1, 1));
        var contradictory =
                Households.withMembers(household, List.of(members.get(0), members.get(1), older, members.get(1)));
        var draft = applicants.complete(contradictory);

        var refusal = applicants.submit(draft).expect(422, "household-contradictory");

        assertThat(refusal.findings())
                .containsExactlyInAnyOrder(
                        "/household/members/2/birthDate child-not-younger",
                        "/household/members/3/relation spouse-repeated",
                        "/household/members/3/nationalId same-person-twice");
    }

    @Test
    void a_draft_with_a_wrong_check_digit_names_the_member() {
        var household = Households.qingdao();
        var applicant = household.members().get(0);
        var id = applicant.nationalId();
        var wrong = id.substring(0, 17) + (id.charAt(17) == '0' ? '1' : '0');
        var members = new ArrayList<>(household.members());
        members.set(0, copy(applicant, wrong, LocalDate.of(2030, 1, 1)));

        var refusal = anju.http()
                .post(
                        "/v1/applications",
                        applicants.resident(household),
                        body(Households.withMembers(household, members)))
                .expect(422, "household-malformed");

        assertThat(refusal.findings())
                .contains(
                        "/household/members/0/nationalId national-id-check-digit",
                        "/household/members/0/birthDate date-in-future");
    }

    @Test
    void names_every_missing_document_and_gets_the_application_whole_or_not_at_all() {
        var draft = applicants.draft(Households.qingdao());
        var one = draft.withEtag(
                applicants.upload(draft, "household-register").expect(201).etag());

        var refusal = applicants.submit(one).expect(422, "application-incomplete");

        assertThat(refusal.findings())
                .containsOnly("/attachments document-missing")
                .hasSize(3);
        assertThat(anju.http()
                        .get(draft.path(), draft.token())
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("draft");
    }

    @Test
    void nobody_applies_in_anothers_name_or_without_the_commitment() {
        var household = Households.qingdao();
        var token = anju.people().resident("赵四海", Households.nationalId(LocalDate.of(1980, 5, 5), Sex.MALE));
        var foreign = applicants.complete(applicants.draft(token, household));
        applicants.submit(foreign).expect(422, "applicant-not-bound");
        var unbound = applicants.complete(applicants.draft(anju.people().resident(), household));
        applicants.submit(unbound).expect(422, "identity-not-bound");

        var own = applicants.complete(household);
        submit(
                        own,
                        Map.of(
                                "accepted",
                                false,
                                "signedName",
                                household.members().get(0).fullName()))
                .expect(422, "commitment-not-accepted");
        submit(own, Map.of("accepted", true, "signedName", "赵四海")).expect(422, "signed-name-differs");
    }

    private static Answer submit(Applicants.Draft draft, Map<String, Object> commitment) {
        return anju.http()
                .request("POST", draft.path() + "/submission")
                .token(draft.token())
                .header("If-Match", draft.etag())
                .body(Map.of("commitment", commitment))
                .send();
    }

    @Test
    void a_person_is_in_one_active_application_of_a_city() {
        var first = applicants.submitted(Households.qingdao());
        var other = Households.qingdao();
        var members = new ArrayList<>(other.members());
        members.set(2, first.household().members().get(2));
        var second = applicants.complete(Households.withMembers(other, members));

        var refusal = applicants.submit(second).expect(409, "member-already-applied");
        assertThat(refusal.findings()).containsExactly("/household/members/2 member-already-applied");

        anju.http().post(first.path() + "/withdrawal", first.token(), Map.of()).expect(200);
        applicants.submit(second).expect(201);
    }

    @Test
    void a_member_who_is_housed_cannot_apply() {
        var household = Households.qingdao();
        Anju.await(anju.domains()
                .application
                .importHoused(
                        anju.db(),
                        "370200",
                        household.members().get(1).nationalId(),
                        LocalDate.of(2020, 1, 1),
                        "import 2020"));

        var refusal = applicants.submit(applicants.complete(household)).expect(409, "member-already-housed");

        assertThat(refusal.findings()).containsExactly("/household/members/1 member-already-housed");
    }

    @Test
    void a_city_without_a_policy_takes_no_application() {
        var household = Households.qingdao();
        anju.http()
                .post(
                        "/v1/applications",
                        applicants.resident(household),
                        Map.of("cityCode", "370200", "programme", "moon-base", "household", household))
                .expect(422);
    }

    /** Guangzhou's sample sets rents alone. */
    @Test
    void a_programme_without_a_pipeline_takes_no_application() {
        var household = Households.qingdao();
        anju.http()
                .post(
                        "/v1/applications",
                        applicants.resident(household),
                        Map.of("cityCode", "440100", "programme", "public-rental", "household", household))
                .expect(422, "takes-no-applications");
    }

    @Test
    void malformed_input_names_each_field() {
        var token = anju.people().resident();
        var refusal = anju.http()
                .post("/v1/applications", token, "{\"cityCode\":\"37\",\"programme\":7,\"household\":{\"extra\":1}}")
                .expect(400, "invalid-request");

        assertThat(refusal.pointers()).contains("/cityCode", "/programme", "/household/extra", "/household/members");
    }

    private static Map<String, Object> body(Household household) {
        return Map.of("cityCode", "370200", "programme", "public-rental", "household", household);
    }

    private static Member copy(Member member, String nationalId, LocalDate birthDate) {
        return new Member(
                member.fullName(),
                nationalId,
                member.relation(),
                member.sex(),
                birthDate,
                member.maritalStatus(),
                null,
                member.employer(),
                member.specialGroups(),
                member.incomes());
    }
}
