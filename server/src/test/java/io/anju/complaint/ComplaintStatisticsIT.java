package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.complaint.Filings.Filed;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How offices keep their days over one month of a district, as open data and for the offices. Time goes on in it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ComplaintStatisticsIT {
    private static final String PUBLIC = "/v1/complaint-statistics";
    private static final String STAFF = "/v1/staff/complaint-statistics";
    private static final String MARCH = "?cityCode=370200&month=2026-03";

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    /** Of seven that are due in March: five in time, one of them extended; one late; one not at all. One is withdrawn. */
    @Test
    @Order(1)
    void a_month_is_counted_by_category_and_office() {
        anju.clock().set(Anju.START);
        var desk = filings.handler();
        var filed = Stream.generate(() -> filings.file("complaint", "rent-and-fees"))
                .limit(8)
                .toList();
        for (var one : filed) {
            Filings.accept(desk, one).expect(200);
        }
        var petition = filings.file("petition", "rent-and-fees");
        filings.post(filed.get(7), "withdrawal", Map.of("reason", "solved")).expect(200);
        Filings.act(filings.supervision(), filed.get(3), "extension", Map.of("reason", "complex", "text", "情况复杂"))
                .expect(200);
        // Friday: two working days after Wednesday
        anju.clock().set(LocalDate.of(2026, 3, 6), LocalTime.of(9, 0));
        for (var one : filed.subList(0, 3)) {
            answerAndRate(desk, one, 4);
        }
        // the last day, and the first day over
        anju.clock().set(LocalDate.of(2026, 3, 11), LocalTime.of(23, 0));
        answerAndRate(desk, filed.get(4), 5);
        anju.clock().set(LocalDate.of(2026, 3, 12), LocalTime.of(9, 0));
        answerAndRate(desk, filed.get(5), 1);
        // ten more working days for the one that was extended
        anju.clock().set(LocalDate.of(2026, 3, 25), LocalTime.of(9, 0));
        Filings.reply(desk, filed.get(3)).expect(200);
        count();

        var line = line("rent-and-fees");
        assertThat(line.path("suppressed").asBoolean()).isFalse();
        assertThat(line.path("pledges").asInt()).isEqualTo(7);
        assertThat(line.path("met").asInt()).isEqualTo(5);
        assertThat(line.path("late").asInt()).isEqualTo(1);
        assertThat(line.path("unanswered").asInt()).isEqualTo(1);
        assertThat(line.path("extended").asInt()).isEqualTo(1);
        // 2, 2, 2, 5, 6 and 15 working days
        assertThat(line.path("meanWorkingDays").asText()).isEqualTo("5.3");
        assertThat(line.path("medianWorkingDays").asInt()).isEqualTo(2);
        assertThat(line.path("p90WorkingDays").asInt()).isEqualTo(15);
        assertThat(line.path("rated").asInt()).isEqualTo(5);
        // 4, 4, 4, 5 and 1
        assertThat(line.path("stars").asText()).isEqualTo("3.6");
        assertThat(line.path("officeName").asText()).isEqualTo("市南区");
        assertThat(filings.state(petition)).isEqualTo("received");
    }

    @Test
    @Order(2)
    void offices_see_kinds_and_stages_of_their_own_area() {
        var detail = items(filings.handler(), STAFF + "?month=2026-03");
        assertThat(detail).hasSize(2);
        var accepted = detail.get(1);
        assertThat(accepted.path("kind").asText()).isEqualTo("petition");
        assertThat(accepted.path("stage").asText()).isEqualTo("accept");
        // nobody accepted the petition in its 15 days: a line of one is shown to the office, not to everyone
        assertThat(accepted.path("unanswered").asInt()).isEqualTo(1);
        assertThat(items(filings.supervision(), STAFF + "?month=2026-03")).hasSize(2);
        assertThat(items(filings.handler("district", "370203"), STAFF + "?month=2026-03"))
                .isEmpty();
        assertThat(items(filings.handler("city", "3702"), STAFF + "?month=2026-03"))
                .isEmpty();
    }

    @Test
    @Order(3)
    void an_answer_after_the_month_changes_its_figures() {
        var before = anju.http().get(PUBLIC + MARCH, null).expect(200);
        var tag = before.header("ETag");
        anju.clock().set(LocalDate.of(2026, 4, 2), LocalTime.of(9, 0));
        var desk = filings.handler();
        var open = Filings.listed(desk, "&mark=overdue&kind=complaint");
        assertThat(open).hasSize(1);
        var filed = new Filed(open.get(0), filings.resident());
        Filings.reply(desk, filed).expect(409, "not-its-handler");
        Filings.act(desk, filed, "assignment", Map.of()).expect(200);
        Filings.reply(desk, filed).expect(200);
        count();
        var line = line("rent-and-fees");
        assertThat(line.path("late").asInt()).isEqualTo(2);
        assertThat(line.path("unanswered").asInt()).isZero();
        var after = anju.http().get(PUBLIC + MARCH, null).expect(200);
        assertThat(after.header("ETag")).isNotEqualTo(tag);
        assertThat(after.header("Cache-Control")).isEqualTo("public, max-age=300");
        anju.http()
                .request("GET", PUBLIC + MARCH)
                .header("If-None-Match", after.header("ETag"))
                .send()
                .expect(304);
    }

    @Test
    @Order(4)
    void few_are_suppressed_and_reports_stand_at_no_office() {
        for (int i = 0; i < 4; i++) {
            filings.file("complaint", "service-attitude");
        }
        for (int i = 0; i < 9; i++) {
            filings.file("report", "false-declaration");
        }
        anju.clock().set(LocalDate.of(2026, 12, 30), LocalTime.of(9, 0));
        count();
        var reportDue =
                Anju.await(anju.db().find("""
                                SELECT to_char(k.due_on, 'YYYY-MM') AS month
                                  FROM complaint.clock AS k
                                  JOIN complaint.complaint AS c ON c.id = k.complaint_id AND c.kind = 'report'
                                 LIMIT 1
                                """, row -> row.getString("month"))).orElseThrow();
        var months = anju.http()
                .get(PUBLIC + "?cityCode=370200&month=" + reportDue, null)
                .expect(200)
                .json();
        var reports = find(months, "report");
        assertThat(reports.path("suppressed").asBoolean()).isTrue();
        assertThat(reports.has("pledges")).isFalse();
        assertThat(reports.at("/office/areaCode").asText()).isEqualTo("3702");
        assertThat(months.toString()).doesNotContain("false-declaration");
        var april = anju.http()
                .get(PUBLIC + "?cityCode=370200&month=2026-04", null)
                .expect(200)
                .json();
        var few = find(april, "service-attitude");
        assertThat(few.path("suppressed").asBoolean()).isTrue();
        assertThat(few.has("unanswered")).isFalse();
        var seen = items(filings.supervision(), STAFF + "?month=" + reportDue).stream()
                .filter(line -> line.path("category").asText().equals("report"))
                .toList();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).path("suppressed").asBoolean()).isTrue();
        assertThat(items(filings.handler(), STAFF + "?month=" + reportDue).toString())
                .doesNotContain("\"report\"");
    }

    @Test
    @Order(5)
    void the_same_lines_are_a_table() {
        var file = anju.http().get(PUBLIC + "/csv" + MARCH, null).expect(200);
        var lines = new String(file.body(), StandardCharsets.UTF_8).split("\n", -1);
        assertThat(lines[0]).startsWith("month,category,categoryName,officeLevel");
        assertThat(lines[1])
                .isEqualTo("2026-03,rent-and-fees,\"租金与收费\",district,370202,\"市南区\",false,7,5,2,0,1,"
                        + line("rent-and-fees").path("meanWorkingDays").asText() + ",5,21,5,3.6");
        anju.http().get(PUBLIC + "?cityCode=440100&month=2026-03", null).expect(404);
        anju.http().get(PUBLIC + "?cityCode=370200&month=2026-13", null).expect(400);
    }

    @Test
    @Order(6)
    void pages_follow_each_other() {
        var desk = filings.handler();
        var all = items(desk, STAFF + "?month=2026-03");
        assertThat(all).hasSize(2);
        var first = desk.get(STAFF + "?month=2026-03&limit=1").expect(200).json();
        assertThat(first.path("items")).hasSize(1);
        var second = items(
                desk,
                STAFF + "?month=2026-03&limit=1&cursor="
                        + first.path("nextCursor").asText());
        assertThat(second).containsExactly(all.get(1));
    }

    private void answerAndRate(Desk desk, Filed filed, int stars) {
        Filings.reply(desk, filed).expect(200);
        filings.post(filed, "rating", Map.of("stars", stars)).expect(200);
    }

    private static void count() {
        anju.runJobs();
        anju.runJobs();
    }

    private static JsonNode line(String category) {
        return find(anju.http().get(PUBLIC + MARCH, null).expect(200).json(), category);
    }

    private static JsonNode find(JsonNode page, String category) {
        return StreamSupport.stream(page.path("items").spliterator(), false)
                .filter(line -> line.path("category").asText().equals(category))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> items(Desk desk, String path) {
        return StreamSupport.stream(
                        desk.get(path).expect(200).json().path("items").spliterator(), false)
                .toList();
    }
}
