package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.complaint.Filings.Filed;
import io.anju.identity.Role;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A report is never there for the person or office that it names (信访工作条例), whatever their roles: every operation on
 * complaints is tried by everybody who is named, in every role, before and after intake has dealt with it.
 */
class ReportProtectionIT {
    private static final String NAMED = "赵六";
    private static final List<Set<Role>> ROLES = Stream.concat(
                    EnumSet.allOf(Role.class).stream().map(Set::of), Stream.of((Set<Role>) EnumSet.allOf(Role.class)))
            .toList();

    /** Every time of a report, also those inside of ids. */
    private static final String TIMES = """
            SELECT 'complaint' AS what, uuid_extract_timestamp(id) AS at FROM complaint.complaint WHERE id = $1
            UNION ALL SELECT 'filed', filed_at FROM complaint.complaint WHERE id = $1
            UNION ALL SELECT 'updated', updated_at FROM complaint.complaint WHERE id = $1
            UNION ALL SELECT 'clock', uuid_extract_timestamp(id) FROM complaint.clock WHERE complaint_id = $1
            UNION ALL SELECT 'event', uuid_extract_timestamp(id) FROM complaint.event WHERE complaint_id = $1
            UNION ALL SELECT 'event', at FROM complaint.event WHERE complaint_id = $1
            UNION ALL SELECT 'rating', rated_at FROM complaint.rating WHERE complaint_id = $1
            UNION ALL SELECT 'holder', since FROM complaint.holder WHERE complaint_id = $1
            """;

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @SuppressWarnings("NullAway.Init")
    private static Desk intake;

    @BeforeAll
    static void openIntake() {
        intake = new Filings(anju).intake();
    }

    /** What anybody can do to a complaint, as path and body; a body that is empty means a reading. */
    private static Map<String, Map<String, ?>> deeds() {
        var deeds = new LinkedHashMap<String, Map<String, ?>>();
        for (var reading : List.of("?reason=x1", "/reporter?reason=x1", "/related")) {
            deeds.put(reading, Map.of());
        }
        deeds.put("/attachments/" + UUID.randomUUID() + "?reason=x1", Map.of());
        deeds.put("/acceptance", Map.of("accepted", true));
        deeds.put("/transfer", Map.of("reason", "ruling", "text", "x"));
        deeds.put("/assignment", Map.of("handler", "nobody.here"));
        deeds.put("/joint-offices", Map.of("office", Filings.office("district", "370203"), "text", "x"));
        deeds.put("/opinions", Map.of("text", "x"));
        deeds.put("/reply", Map.of("text", "x"));
        deeds.put("/extension", Map.of("reason", "complex", "text", "x"));
        deeds.put("/closure", Map.of("text", "x"));
        deeds.put("/supervision", Map.of("reason", "serious", "text", "x"));
        deeds.put("/return-visit", Map.of("result", "satisfied", "text", "x"));
        deeds.put("/named", Map.of("office", Filings.office("district", "370203")));
        return deeds;
    }

    private static void assertNotThere(Desk desk, Filed report) {
        deeds().forEach((path, body) -> {
            var answer = body.isEmpty() ? desk.get(report.work() + path) : desk.post(report.work() + path, body);
            // 403 is a missing scope: the same for every complaint
            assertThat(answer.status()).as(path).isIn(403, 404);
        });
        for (var queue : List.of("office", "mine", "area")) {
            var listed = desk.get(Filings.WORK + "?limit=100&queue=" + queue);
            assertThat(listed.status()).isIn(200, 403);
            assertThat(listed.toString()).doesNotContain(report.id());
        }
    }

    private Filed report(Map<String, ?> subject) {
        var body = Filings.body("report", "false-declaration", "370202001");
        body.put("subject", subject);
        body.put("text", "被举报人隐瞒房产。");
        body.put("contact", "只在晚上联系我");
        return filings.file(filings.resident(), body);
    }

    /** Accepted by intake and with the district's office. */
    private Filed atOffice(Map<String, ?> subject) {
        var report = report(subject);
        Filings.act(
                        intake,
                        report,
                        "transfer",
                        Map.of("reason", "ruling", "text", "请办理", "toOffice", Filings.office("district", "370203")))
                .expect(200);
        return report;
    }

    @TestFactory
    Stream<DynamicTest> is_not_there_for_the_person_named() {
        var subject = Map.of("type", "person", "name", " 赵 六 ");
        var fresh = report(subject);
        var sent = atOffice(subject);
        return ROLES.stream()
                .map(roles -> DynamicTest.dynamicTest(roles.toString(), () -> {
                    for (var office : List.of(
                            Map.of("district", "370202"), Map.of("district", "370203"), Map.of("city", "3702"))) {
                        office.forEach((level, area) -> {
                            var desk = Desk.of(anju, level, area, NAMED, roles);
                            assertNotThere(desk, fresh);
                            assertNotThere(desk, sent);
                        });
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> is_not_there_for_anybody_of_the_office_named() {
        var office = Filings.office("district", "370202");
        var byOffice = report(Map.of("type", "office", "office", office));
        var byPerson = report(Map.of("type", "person", "name", "钱七", "office", office));
        var sent = atOffice(Map.of("type", "office", "office", office));
        return ROLES.stream()
                .map(roles -> DynamicTest.dynamicTest(roles.toString(), () -> {
                    var desk = Desk.of(anju, "district", "370202", "孙八", roles);
                    assertNotThere(desk, byOffice);
                    assertNotThere(desk, byPerson);
                    assertNotThere(desk, sent);
                }));
    }

    @Test
    void goes_past_the_office_named_to_the_next_wider_one() {
        var report = report(Map.of("type", "office", "office", Filings.office("district", "370202")));
        var shown = filings.get(report).json();
        assertThat(shown.at("/complaint/office/level").asText()).isEqualTo("city");
    }

    @Test
    void is_not_kept_where_the_last_office_is_named() {
        var body = Filings.body("report", "abuse-of-office", null);
        body.put("subject", Map.of("type", "office", "office", Filings.office("city", "3702")));
        var resident = filings.resident();
        anju.http().post(Filings.MINE, resident.token(), body).expect(422, "report-names-last-office");
        assertThat(anju.http()
                        .get(Filings.MINE, resident.token())
                        .expect(200)
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void is_with_intake_and_supervision_alone_until_it_is_sent_on() {
        var report = report(Map.of("type", "person", "name", "李某"));
        Filings.open(filings.handler(), report).expect(404);
        Filings.accept(filings.handler(), report).expect(404);
        Filings.open(filings.supervision(), report).expect(200);
        Filings.accept(intake, report).expect(200);
        var desk = filings.handler();
        Filings.act(desk, report, "assignment", Map.of()).expect(200);
        Filings.reply(desk, report).expect(200);
        Filings.close(desk, report).expect(200);
        assertThat(filings.state(report)).isEqualTo("closed");
    }

    @Test
    void is_never_sent_to_whom_it_names() {
        var report = report(Map.of("type", "office", "office", Filings.office("district", "370202")));
        var to = Filings.office("district", "370202");
        Filings.act(intake, report, "transfer", Map.of("reason", "ruling", "text", "x", "toOffice", to))
                .expect(422, "office-is-named");
        Filings.act(intake, report, "joint-offices", Map.of("office", to, "text", "x"))
                .expect(422, "office-is-named");
        Filings.accept(intake, report).expect(200);
        var city = Desk.of(anju, "city", "3702", NAMED, Set.of(Role.COMPLAINT_HANDLER));
        Filings.act(intake, report, "named", Map.of("staff", city.username())).expect(200);
        Filings.act(intake, report, "assignment", Map.of("handler", city.username()))
                .expect(422, "handler-unknown");
    }

    @Test
    void goes_back_to_intake_when_it_turns_out_to_name_whoever_has_it() {
        var report = report(Map.of("type", "person", "name", "周某"));
        Filings.accept(intake, report).expect(200);
        var desk = filings.handler();
        Filings.act(desk, report, "assignment", Map.of()).expect(200);
        Filings.act(intake, report, "named", Map.of("office", Filings.office("district", "370202")))
                .expect(200);
        assertNotThere(desk, report);
        var shown = filings.get(report).json();
        assertThat(shown.at("/complaint/state").asText()).isEqualTo("received");
        assertThat(shown.at("/complaint/office/level").asText()).isEqualTo("city");
        Filings.act(intake, report, "named", Map.of()).expect(422, "named-nobody");
        Filings.act(intake, report, "named", Map.of("office", Filings.office("city", "3702")))
                .expect(422, "report-names-last-office");
        var complaint = filings.file("complaint", "rent-and-fees");
        Filings.act(intake, complaint, "named", Map.of("office", Filings.office("district", "370202")))
                .expect(409, "not-a-report");
    }

    @Test
    void shows_offices_neither_who_nor_when_nor_how_large() {
        anju.clock().set(Instant.parse("2026-03-04T07:31:22.345Z"));
        var report = report(Map.of("type", "person", "name", "吴某"));
        filings.post(report, "additions", Map.of("text", "补充")).expect(201);
        anju.http()
                .upload(
                        report.path() + "/attachments",
                        report.resident().token(),
                        "IMG_20260304.png",
                        "image/png",
                        Pictures.png())
                .expect(201);
        Filings.accept(intake, report).expect(200);
        var file = Filings.open(filings.handler(), report).expect(200).json();
        assertThat(file.toString()).doesNotContain("只在晚上", "IMG_2026", "07:31", "sizeBytes");
        file.path("history").findValuesAsText("at").forEach(at -> assertThat(at).isEqualTo("2026-03-03T16:00:00Z"));
        var ids = new ArrayList<>(file.path("history").findValuesAsText("eventId"));
        ids.addAll(file.path("attachments").findValuesAsText("attachmentId"));
        ids.add(report.id());
        assertThat(ids)
                .hasSize(6)
                .allSatisfy(id -> assertThat(UUID.fromString(id).getMostSignificantBits() >>> 16)
                        .isEqualTo(Instant.parse("2026-03-03T16:00:00Z").toEpochMilli()));
        // intake may see who it was; that is on record, and shown
        intake.get(report.work() + "/reporter?reason=核实线索").expect(200);
        assertThat(filings.get(report).json().path("views").findValuesAsText("reason"))
                .contains("核实线索");
        filings.handler().get(report.work() + "/reporter?reason=核实").expect(403, "forbidden");
        anju.clock().set(Anju.START);
    }

    /** From the filing to the end, reopening included: no id and no time in any of its rows tells more than the day. */
    @Test
    void keeps_no_time_but_the_day_over_its_whole_life() {
        anju.clock().set(LocalDate.of(2026, 3, 10), LocalTime.of(10, 17, 23));
        var report = report(Map.of("type", "person", "name", "吴某"));
        filings.post(report, "additions", Map.of("text", "补充")).expect(201);
        Filings.accept(intake, report).expect(200);
        var desk = filings.handler();
        Filings.act(desk, report, "assignment", Map.of()).expect(200);
        Filings.reply(desk, report).expect(200);
        filings.post(report, "rating", Map.of("stars", 2)).expect(200);
        Filings.close(desk, report).expect(200);
        filings.post(report, "reopening", Map.of("reason", "not-solved", "text", "没有解决"))
                .expect(200);
        filings.post(report, "withdrawal", Map.of("reason", "solved")).expect(200);
        var whole = Anju.await(anju.db()
                .list(
                        TIMES,
                        row -> row.getString("what") + " "
                                + row.getOffsetDateTime("at").toInstant(),
                        UUID.fromString(report.id())));
        assertThat(whole)
                .hasSizeGreaterThan(10)
                .anyMatch(line -> line.startsWith("clock "))
                .allMatch(line -> line.endsWith(" 2026-03-09T16:00:00Z"));
        anju.clock().set(Anju.START);
    }

    @Test
    void leaves_nothing_about_its_reporter_on_the_common_record() {
        var report = report(Map.of("type", "person", "name", "郑某"));
        var actors = Anju.await(anju.db()
                .list(
                        "SELECT actor_kind FROM platform.audit WHERE subject_id = $1",
                        row -> row.getString("actor_kind"),
                        UUID.fromString(report.id())));
        assertThat(actors).isEmpty();
    }

    @Test
    void nobody_joins_a_report_or_sees_it_among_others() {
        var report = report(Map.of("type", "person", "name", "王某"));
        var other = filings.resident();
        anju.http().post(report.path() + "/supporters", other.token(), null).expect(404);
        anju.http().get(report.path(), other.token()).expect(404);
        var body = Filings.body("report", "false-declaration", "370202001");
        body.put("subject", Map.of("type", "person", "name", "王某"));
        var filed =
                anju.http().post(Filings.MINE, other.token(), body).expect(201).json();
        assertThat(filed.path("similar")).isEmpty();
    }
}
