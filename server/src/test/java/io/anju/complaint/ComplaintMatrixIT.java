package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.anju.complaint.Filings.Filed;
import io.anju.identity.Role;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import io.anju.testing.LogIn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every role × every kind × every subject: a report is nowhere for whom it names, and who filed anything is told to intake
 * and supervision alone. Every operation of staff on complaints has a row here, or the test fails.
 */
class ComplaintMatrixIT {
    private static final String NAMED = "赵六";
    private static final String COMMUNITY = "370202001001";
    private static final Set<Role> MAY_SEE_WHO = EnumSet.of(Role.INTAKE, Role.SUPERVISION);
    private static final List<Set<Role>> ROLES = Stream.concat(
                    EnumSet.allOf(Role.class).stream().map(Set::of), Stream.of((Set<Role>) EnumSet.allOf(Role.class)))
            .toList();
    private static final Map<String, String> CATEGORIES = Map.of(
            "complaint", "rent-and-fees",
            "repair", "home-repair",
            "consultation", "rent-and-fees",
            "petition", "rent-and-fees",
            "report", "false-declaration");

    @RegisterExtension
    static final Anju anju = Anju.server();

    /** @param against {@code person} or {@code office} that it names; empty where it is no report */
    private record Item(String label, String against, String id) {
        String path() {
            return Filings.WORK + "/" + id;
        }

        boolean isReport() {
            return !against.isEmpty();
        }
    }

    private static final List<Item> ITEMS = new ArrayList<>();
    private static String application = "";
    private static String objection = "";

    @BeforeAll
    static void fileEverything() {
        var filings = new Filings(anju);
        var one = new Cases(anju).handIn(COMMUNITY);
        application = one.id().toString();
        var street = Desk.of(anju, "street", "370202001");
        street.approve(one).expect(200);
        var notice = street.publish("street-publicity")
                .expect(201)
                .json()
                .at("/notice/noticeId")
                .asText();
        object(notice, one.receiptNumber());
        objection = street.get("/v1/staff/objections?noticeId=" + notice)
                .expect(200)
                .json()
                .at("/items/0/objectionId")
                .asText();
        var things = Things.of(anju);
        var subjects = new LinkedHashMap<String, Map<String, Object>>();
        subjects.put("none", Map.of());
        subjects.put("application", Map.of("type", "application", "subjectId", application));
        subjects.put("notice", Map.of("type", "notice", "subjectId", notice));
        things.ids().forEach((type, id) -> subjects.put(type, Map.of("type", type, "subjectId", id)));
        subjects.put("office", Map.of("type", "office", "office", Filings.office("district", "370203")));
        subjects.put("person", Map.of("type", "person", "name", NAMED));
        var intake = filings.intake();
        for (var kind : List.of("complaint", "repair", "consultation", "petition", "report")) {
            subjects.forEach((type, subject) -> {
                var by = things.ids().containsKey(type)
                        ? things.tenant().token()
                        : (type.equals("application") ? one.resident() : filings.resident()).token();
                var filed =
                        anju.http().post(Filings.MINE, by, body(kind, subject)).expect(201);
                add(
                        intake,
                        kind,
                        type,
                        filed.json().at("/complaint/complaintId").asText());
            });
        }
        withoutName(intake, subjects);
        // each is on the common record: somebody looked at it
        var supervision = filings.supervision();
        ITEMS.forEach(item -> supervision.get(item.path() + "?reason=核实").expect(200));
    }

    private static void object(String notice, String receiptNumber) {
        anju.http()
                .post(
                        "/v1/notices/" + notice + "/objections",
                        null,
                        Map.of("receiptNumber", receiptNumber, "reason", "该家庭在外地另有住房"))
                .expect(201);
    }

    private static Map<String, Object> body(String kind, Map<String, Object> subject) {
        var body = Filings.body(kind, Objects.requireNonNull(CATEGORIES.get(kind)), "370202001");
        if (!subject.isEmpty()) {
            body.put("subject", subject);
        }
        return body;
    }

    private static void withoutName(Desk intake, Map<String, Map<String, Object>> subjects) {
        var whistle = new Whistle(anju);
        var codes = new LinkedHashMap<String, String>();
        for (var type : List.of("none", "notice", "office", "person")) {
            var body = body("report", Objects.requireNonNull(subjects.get(type)));
            body.remove("kind");
            codes.put(type, Whistle.code(whistle.send(body).expect(201)));
        }
        whistle.night();
        codes.forEach((type, code) -> add(
                intake,
                "report",
                type + " without a name",
                whistle.follow(code)
                        .expect(200)
                        .json()
                        .at("/report/complaint/complaintId")
                        .asText()));
    }

    /** Intake reads a report that is about a thing, and finds the office in its text. */
    private static void add(Desk intake, String kind, String type, String id) {
        var byName = type.startsWith("person");
        var item = new Item(kind + " about " + type, kind.equals("report") ? byName ? "person" : "office" : "", id);
        ITEMS.add(item);
        if (item.isReport() && !byName && !type.startsWith("office")) {
            intake.post(item.path() + "/named", Map.of("office", Filings.office("district", "370203")))
                    .expect(200);
        }
    }

    private interface Row {
        Answer tried(Desk desk, Item item);
    }

    private static Row read(String path) {
        return (desk, item) -> desk.get(item.path() + path);
    }

    private static Row write(String path, Map<String, ?> body) {
        return (desk, item) -> desk.post(item.path() + path, body);
    }

    /** What is done to one. */
    private static Map<String, Row> deeds() {
        var rows = new LinkedHashMap<String, Row>();
        rows.put("getComplaintFile", read("?reason=x1"));
        rows.put("getComplaintFileAttachment", read("/attachments/" + UUID.randomUUID() + "?reason=x1"));
        rows.put("getComplaintReporter", read("/reporter?reason=x1"));
        rows.put("listRelatedMatters", read("/related"));
        rows.put("acceptComplaint", write("/acceptance", Map.of("accepted", true)));
        rows.put("transferComplaint", write("/transfer", Map.of("reason", "ruling", "text", "x")));
        rows.put("assignComplaint", write("/assignment", Map.of("handler", "nobody.here")));
        rows.put(
                "addJointOffice",
                write("/joint-offices", Map.of("office", Filings.office("district", "370211"), "text", "x")));
        rows.put("addComplaintOpinion", write("/opinions", Map.of("text", "x")));
        rows.put("replyToComplaint", write("/reply", Map.of("text", "x")));
        rows.put("extendComplaint", write("/extension", Map.of("reason", "complex", "text", "x")));
        rows.put("closeComplaint", write("/closure", Map.of("text", "x")));
        rows.put("superviseComplaint", write("/supervision", Map.of("reason", "serious", "text", "x")));
        rows.put("recordReturnVisit", write("/return-visit", Map.of("result", "satisfied", "text", "x")));
        rows.put("recordNamed", write("/named", Map.of("office", Filings.office("district", "370211"))));
        return rows;
    }

    /** What lists many. */
    private static Map<String, List<String>> lists() {
        return Map.of(
                "listComplaintWork",
                Stream.of("office", "mine", "area")
                        .map(queue -> Filings.WORK + "?limit=100&queue=" + queue)
                        .toList(),
                "listComplaintsOfApplication",
                List.of("/v1/staff/applications/" + application + "/complaints"),
                "listComplaintsOfObjection",
                List.of("/v1/staff/objections/" + objection + "/complaints"),
                "listComplaintStatisticsOfOffices",
                List.of("/v1/staff/complaint-statistics?month=2026-03"));
    }

    @Test
    void every_operation_of_staff_has_a_row() throws IOException {
        var rows = new TreeSet<>(deeds().keySet());
        rows.addAll(lists().keySet());
        JsonNode contract;
        try (var stream = getClass().getResourceAsStream("/anju/contract/openapi.yaml")) {
            contract = new YAMLMapper().readTree(stream);
        }
        var operations = new TreeSet<String>();
        contract.path("paths")
                .properties()
                .forEach(path -> path.getValue().forEach(operation -> {
                    var staff = operation.path("security").toString().contains("staff.");
                    if (staff && operation.path("tags").toString().contains("complaint")) {
                        operations.add(operation.path("operationId").asText());
                    }
                }));
        assertThat(rows).isEqualTo(operations);
    }

    @TestFactory
    Stream<DynamicTest> a_report_is_nowhere_for_whom_it_names() {
        return ROLES.stream()
                .flatMap(roles -> Stream.of(
                                Map.entry("person", List.of("district", "370202", NAMED)),
                                Map.entry("person", List.of("city", "3702", NAMED)),
                                Map.entry("office", List.of("district", "370203", "孙八")))
                        .map(who -> DynamicTest.dynamicTest(roles + " " + who, () -> {
                            var at = who.getValue();
                            var desk = Desk.of(anju, at.get(0), at.get(1), at.get(2), roles);
                            assertNowhere(
                                    desk,
                                    ITEMS.stream()
                                            .filter(item -> item.against().equals(who.getKey()))
                                            .toList());
                        })));
    }

    private static void assertNowhere(Desk desk, List<Item> items) {
        assertThat(items).isNotEmpty();
        lists().forEach((operation, paths) -> paths.forEach(path -> {
            var listed = desk.get(path);
            // 403 is a missing scope: the same for every complaint
            assertThat(listed.status()).as(operation).isIn(200, 403, 404);
            items.forEach(item -> assertThat(listed.toString())
                    .as(operation + " " + item.label())
                    .doesNotContain(item.id()));
        }));
        // what is read is tried on all of them, what is written on one
        deeds().forEach((operation, row) -> {
            var tried = operation.startsWith("get") || operation.startsWith("list") ? items : items.subList(0, 1);
            tried.forEach(item -> assertThat(row.tried(desk, item).status())
                    .as(operation + " " + item.label())
                    .isIn(403, 404));
        });
        var recorded = records(desk);
        items.forEach(item -> assertThat(recorded).as("records " + item.label()).doesNotContain(item.id()));
        ITEMS.stream().filter(item -> !item.isReport()).limit(2).forEach(other -> {
            var related = desk.get(other.path() + "/related");
            items.forEach(item -> assertThat(related.toString()).doesNotContain(item.id()));
        });
    }

    /** What whoever reads the common record finds on it, page by page; nothing where they may not. */
    private static Set<String> records(Desk desk) {
        var found = new TreeSet<String>();
        var cursor = "";
        do {
            var page = desk.get("/v1/staff/records?limit=100" + cursor);
            assertThat(page.status()).isIn(200, 403);
            page.json().path("items").findValuesAsText("subjectId").forEach(found::add);
            var next = page.json().path("nextCursor").asText("");
            // a page that is not full would tell that something was left out
            assertThat(next.isEmpty() || page.json().path("items").size() == 100)
                    .isTrue();
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return found;
    }

    @Test
    void the_common_record_shows_reports_to_those_alone_who_may_see_them() {
        var auditor = records(Desk.of(anju, "city", "3702", "李某", Set.of(Role.AUDITOR)));
        var supervisor = records(Desk.of(anju, "city", "3702", "李某", Set.of(Role.AUDITOR, Role.SUPERVISION)));
        for (var item : ITEMS) {
            assertThat(auditor.contains(item.id())).as(item.label()).isEqualTo(!item.isReport());
            assertThat(supervisor).as(item.label()).contains(item.id());
        }
    }

    @TestFactory
    Stream<DynamicTest> who_filed_it_is_told_to_intake_and_supervision_alone() {
        return EnumSet.allOf(Role.class).stream()
                .map(role -> DynamicTest.dynamicTest(role.name(), () -> {
                    var desk = Desk.of(anju, "city", "3702", "李某", Set.of(role));
                    for (var item : ITEMS) {
                        var told = desk.get(item.path() + "/reporter?reason=核实");
                        assertThat(told.status()).as(item.label()).isEqualTo(MAY_SEE_WHO.contains(role) ? 200 : 403);
                    }
                }));
    }

    @Test
    void each_look_at_who_it_was_is_shown_and_on_record() {
        var filings = new Filings(anju);
        LogIn resident = filings.resident();
        Filed report = filings.file(resident, body("report", Map.of("type", "person", "name", NAMED)));
        filings.supervision().get(report.work() + "/reporter?reason=核实来源").expect(200);
        var views = filings.get(report).json().path("views");
        assertThat(views.findValuesAsText("what")).containsExactly("reporter");
        assertThat(views.findValuesAsText("reason")).containsExactly("核实来源");
        var recorded = Anju.await(anju.db()
                .list(
                        "SELECT action FROM platform.audit WHERE subject_id = $1",
                        row -> row.getString("action"),
                        UUID.fromString(report.id())));
        assertThat(recorded).containsExactly("complaint.read-reporter");
    }

    @Test
    void nothing_of_a_report_leaves_the_room() {
        var reports = ITEMS.stream()
                .filter(Item::isReport)
                .map(item -> UUID.fromString(item.id()))
                .toArray(UUID[]::new);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT topic FROM platform.outbox WHERE subject_id = ANY ($1)",
                                row -> row.getString("topic"),
                                (Object) reports)))
                .isEmpty();
    }
}
