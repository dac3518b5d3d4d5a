package io.anju.contract;

import io.anju.platform.http.Agency;
import io.anju.policy.Drafts;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Differences;
import io.anju.testing.People;
import io.anju.testing.PlantedPdf;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One of everything that an identifier in the contract can name, made over HTTP by people of Qingdao's district 370202.
 *
 * <p>A parameter that nothing here provides fails the test that asks for it: whoever adds an identifier to the contract
 * adds here how such a thing comes to be.
 */
final class World {
    static final String COMMUNITY = "370202001001";

    private final Anju anju;
    private final Cases cases;
    private final Desk street;
    private final Desk district;
    private final Desk city;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, Case> owned = new HashMap<>();

    private World(Anju anju) {
        this.anju = anju;
        this.cases = new Cases(anju);
        this.street = Desk.of(anju, "street", "370202001");
        this.district = Desk.of(anju, "district", "370202");
        this.city = Desk.of(anju, "city", "3702");
    }

    /** Takes some weeks of the test's clock. */
    static World build(Anju anju) {
        return build(anju, new Cases(anju).household(COMMUNITY));
    }

    /** As {@link #build(Anju)}, with this household of community 370202001001 on the list. */
    static World build(Anju anju, Map<String, Object> household) {
        var world = new World(anju);
        world.register(household);
        var rent = world.rent();
        rent.let();
        world.publishList();
        world.review();
        world.propose();
        world.askForCode();
        world.complain();
        world.askForCorrection();
        world.findSession();
        world.takeCopy();
        world.appoint();
        world.provide(
                "differenceId", Differences.paymentMissingThere(anju, "370200").toString());
        rent.pay();
        return world;
    }

    /** An identifier of this name that somebody's thing has. */
    String id(String parameter) {
        return Objects.requireNonNull(ids.get(parameter), () -> "World provides no " + parameter);
    }

    Set<String> parameters() {
        return ids.keySet();
    }

    /** Who may use these things, by name, each with a token that is good now; the names begin with the audience. */
    Map<String, String> owners() {
        var partner = anju.people()
                .partner(
                        new Agency("370200", "tax"),
                        Contract.scopesOf("partner").toArray(String[]::new));
        return Map.of(
                "resident", applicant(),
                "staff of the city", city.token(),
                "staff of the district", district.token(),
                "staff of the street", street.token(),
                "partner", partner);
    }

    /** The name, among {@link #owners}, of who may use these things through this operation. */
    static String owner(ContractOperation operation) {
        var scopes = operation.scopes();
        if (scopes.contains("staff.tasks") || scopes.contains("staff.files")) {
            return "staff of the district";
        }
        if (scopes.contains("staff.publicity")) {
            return "staff of the street";
        }
        var audience = Objects.requireNonNull(operation.audience());
        return audience.equals("staff") ? "staff of the city" : audience;
    }

    private WorldRent rent() {
        return new WorldRent(this, anju, city, Objects.requireNonNull(owned.get("registered")));
    }

    private String applicant() {
        return Objects.requireNonNull(owned.get("registered")).resident().token();
    }

    private void register(Map<String, Object> household) {
        var one = cases.handIn(household);
        owned.put("registered", one);
        street.approve(one).expect(200);
        street.publishAndClose("street-publicity");
        district.verifyAndApprove(one);
        district.publishAndClose("district-publicity");
        provide("applicationId", one.id().toString());
        provide("receiptNumber", one.receiptNumber());
        var file =
                anju.http().get(one.path(), one.resident().token()).expect(200).json();
        provide("attachmentId", file.path("attachments").path(0).path("id").asText());
        var listed = district.get("/v1/staff/registrations?receiptNumber=" + one.receiptNumber())
                .expect(200)
                .json();
        provide("registrationId", listed.at("/items/0/registrationId").asText());
        var key = anju.http()
                .get(one.path() + "/receipt", one.resident().token())
                .expect(200)
                .json();
        provide("keyId", key.at("/signature/keyId").asText());
    }

    private void publishList() {
        anju.runJobs();
        anju.clock().advance(Duration.ofSeconds(1));
        var order = Map.of("programme", "public-rental", "period", "2026-W01", "reason", "批次公布");
        var asked = city.post("/v1/staff/publications", order).expect(202).json();
        anju.runJobs();
        provide("publicationId", asked.path("publicationId").asText());
        provide("cityCode", "370200");
        provide("programme", "public-rental");
    }

    /** A household at the district's review, and another on an open notice that somebody objects to. */
    private void review() {
        var reviewed = cases.handIn(COMMUNITY);
        street.approve(reviewed).expect(200);
        street.publishAndClose("street-publicity");
        var taskId = district.taskOf(reviewed);
        provide("taskId", taskId);
        district.claim(taskId).expect(200);
        var asked = district.get("/v1/staff/tasks/" + taskId + "/verifications")
                .expect(200)
                .json();
        asked.path("items").forEach(request -> {
            if (request.path("agency").asText().equals("tax")) {
                provide("requestId", request.path("requestId").asText());
            }
        });

        var shown = cases.handIn(COMMUNITY);
        street.approve(shown).expect(200);
        var notice = street.publish("street-publicity").expect(201).json().path("notice");
        provide("noticeId", notice.path("noticeId").asText());
        var objection = Map.of("receiptNumber", shown.receiptNumber(), "reason", "该家庭在外地另有住房", "contact", "工作日可联系");
        var tracking = anju.http()
                .post("/v1/notices/" + id("noticeId") + "/objections", null, objection)
                .expect(201)
                .json();
        provide("trackingNumber", tracking.path("trackingNumber").asText());
        var objections = street.get("/v1/staff/objections?noticeId=" + id("noticeId"))
                .expect(200)
                .json();
        provide("objectionId", objections.at("/items/0/objectionId").asText());
    }

    /** A complaint about the applicant's own application, with a picture, at the district's office. */
    private void complain() {
        provide("subjectId", id("applicationId"));
        var body = Map.of(
                "cityCode",
                "370200",
                "kind",
                "complaint",
                "category",
                "application-handling",
                "text",
                "申请办理时间过长。",
                "subject",
                Map.of("type", "application", "subjectId", id("applicationId")));
        var filed = anju.http().post("/v1/complaints", applicant(), body).expect(201);
        provide("complaintId", filed.json().at("/complaint/complaintId").asText());
        var file = anju.http()
                .upload(
                        "/v1/complaints/" + id("complaintId") + "/attachments",
                        applicant(),
                        "letter.pdf",
                        "application/pdf",
                        PlantedPdf.of(2026))
                .expect(201);
        provide("complaintFileId", file.json().path("attachmentId").asText());
    }

    /** What the applicant wants put right in the application. */
    private void askForCorrection() {
        var wish = Map.of(
                "subject", "application",
                "subjectId", id("applicationId"),
                "item", "自有住房面积",
                "stated", "19.50 平方米",
                "correct", "9.50 平方米",
                "reason", "录入时多写一位",
                "evidence", "不动产权证复印件已交街道");
        var asked = anju.http().post("/v1/me/corrections", applicant(), wish).expect(201);
        provide("correctionId", asked.json().path("correctionId").asText());
        var paper = anju.http()
                .upload(
                        "/v1/me/corrections/" + id("correctionId") + "/attachments",
                        applicant(),
                        "deed.pdf",
                        "application/pdf",
                        PlantedPdf.of(2026))
                .expect(201);
        provide("correctionFileId", paper.json().path("attachmentId").asText());
    }

    private void askForCode() {
        var asked = anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", "13812345678"))
                .expect(202)
                .json();
        provide("challengeId", asked.path("challengeId").asText());
    }

    /** A session of the applicant's that is not the one which asks: whoever ends it can go on asking. */
    private void findSession() {
        anju.http()
                .get("/v1/me/sessions", applicant())
                .expect(200)
                .json()
                .path("items")
                .forEach(session -> {
                    if (!session.path("current").asBoolean()) {
                        provide("sessionId", session.path("sessionId").asText());
                    }
                });
    }

    /** A proxy of the applicant's whom the city recorded, and an account of staff that it opened. */
    @SuppressWarnings("unchecked")
    private void appoint() {
        var represented = ((List<Map<String, Object>>)
                        Objects.requireNonNull(Objects.requireNonNull(owned.get("registered"))
                                .household()
                                .get("members")))
                .get(0);
        var helper = People.nationalId(LocalDate.of(1975, 3, 3), 801);
        anju.people().resident("热心人", helper);
        var paper = new HashMap<String, Object>(Map.of(
                "kind",
                "community-worker",
                "representedName",
                represented.get("fullName"),
                "representedNationalId",
                represented.get("nationalId"),
                "proxyName",
                "热心人",
                "proxyNationalId",
                helper,
                "groups",
                List.of("read"),
                "areaCode",
                COMMUNITY,
                "expiresOn",
                anju.clock().today().plusDays(30).toString(),
                "reason",
                "本人书面委托"));
        var recorded = city.post("/v1/staff/proxies", paper).expect(201).json();
        provide("proxyId", recorded.path("proxyId").asText());
        var account = Map.of(
                "username", "world.clerk",
                "displayName", "新同事",
                "officeName", "测试街道",
                "officeLevel", "street",
                "areaCode", "370202001",
                "roles", List.of("reviewer"));
        var opened = city.post("/v1/staff/accounts", account).expect(201).json();
        provide("staffId", opened.path("staffId").asText());
    }

    private void takeCopy() {
        var asked = anju.http()
                .post("/v1/me/exports", applicant(), null)
                .expect(202)
                .json();
        provide("exportId", asked.path("exportId").asText());
        anju.runJobs();
    }

    private void propose() {
        var yaml = Drafts.yaml("test-world", "1", LocalDate.of(2027, 1, 1), null, 5);
        var proposed = Drafts.propose(anju, city.token(), yaml).expect(201).json();
        provide("proposalId", proposed.path("proposalId").asText());
        anju.http()
                .get("/v1/policies?cityCode=370200&programme=public-rental")
                .expect(200)
                .json()
                .path("items")
                .forEach(rules -> {
                    if (rules.path("standing").asText().matches("in.force")) {
                        provide("digest", rules.path("digest").asText());
                    }
                });
        var simulated = city.post("/v1/staff/policy-simulations", Map.of("digest", id("digest")))
                .expect(202)
                .json();
        provide("simulationId", simulated.path("simulationId").asText());
        anju.runJobs();
        var rescored = city.post(
                        "/v1/staff/rescorings", Map.of("programme", "public-rental", "dryRun", true, "reason", "新规则施行"))
                .expect(202)
                .json();
        provide("rescoringId", rescored.path("rescoringId").asText());
        // of no rows that anyone could read: its report says so
        var imported = anju.http()
                .request("POST", "/v1/staff/registration-imports?programme=public-rental")
                .token(city.token())
                .bytes("application/octet-stream", "no,columns,we,know\n1,2,3,4\n".getBytes(StandardCharsets.UTF_8))
                .send()
                .expect(202)
                .json();
        provide("importId", imported.path("importId").asText());
        anju.runJobs();
    }

    void provide(String parameter, String id) {
        if (id.isEmpty()) {
            throw new AssertionError("nothing came to be for " + parameter);
        }
        ids.put(parameter, id);
    }
}
