package io.anju.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Due days are working days: Spring Festival of 2026 (15 to 23 February) is none, Saturday the 14th is one. */
class OverdueIT {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String COMMUNITY = "320302001001";

    @RegisterExtension
    static final Anju anju = Anju.server();

    static {
        // before the server starts: its keys are not good for an earlier time
        anju.clock().set(LocalDate.of(2026, 2, 13), LocalTime.of(10, 0));
    }

    @Test
    void a_task_over_spring_festival_is_overdue_only_after_its_working_days() throws Exception {
        var one = new Cases(anju).handIn(COMMUNITY);
        var desk = Desk.of(anju, "community", COMMUNITY);
        var taskId = desk.taskOf(one);
        var dueOn = LocalDate.parse(task(desk, taskId).path("dueOn").asText());
        assertThat(dueOn).isEqualTo(LocalDate.of(2026, 2, 27));

        anju.clock().set(dueOn, LocalTime.of(23, 59, 59));
        anju.runJobs();
        assertThat(task(desk, taskId).path("overdue").asBoolean()).isFalse();
        assertThat(events()).isZero();

        anju.clock().set(dueOn.plusDays(1), LocalTime.MIDNIGHT);
        assertThat(task(desk, taskId).path("overdue").asBoolean()).isTrue();
        assertThat(desk.get("/v1/staff/tasks?state=overdue").expect(200).json().path("items"))
                .hasSize(1);
        var counts = desk.get("/v1/staff/task-counts").expect(200).json();
        assertThat(counts.path("overdue").asLong()).isEqualTo(1);
        assertThat(counts.path("steps").get(0).path("overdue").asLong()).isEqualTo(1);

        anju.clock().set(dueOn.plusDays(1), LocalTime.of(0, 30));
        anju.runJobs();
        anju.clock().set(dueOn.plusDays(2), LocalTime.of(0, 30));
        anju.runJobs();
        assertThat(events()).isEqualTo(1);

        assertThat(metered()).isEqualTo("1.0");

        desk.approve(one).expect(200);
        assertThat(desk.get("/v1/staff/task-counts")
                        .expect(200)
                        .json()
                        .path("overdue")
                        .asLong())
                .isZero();
    }

    /** What the meter shows; reading it asks for the count that the next reading shows. */
    private static String metered() throws Exception {
        var metrics = URI.create("http://127.0.0.1:" + anju.app().managementPort() + "/metrics");
        var request = HttpRequest.newBuilder(metrics).build();
        var shown = "";
        for (int attempt = 0; attempt < 200 && !shown.equals("1.0"); attempt++) {
            shown = CLIENT.send(request, BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("anju_review_tasks_overdue"))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .collect(Collectors.joining());
        }
        return shown;
    }

    private static JsonNode task(Desk desk, String taskId) {
        return desk.get("/v1/staff/tasks/" + taskId).expect(200).json().path("task");
    }

    private static long events() {
        return Anju.await(anju.db()
                .find(
                        "SELECT count(*) AS events FROM platform.outbox WHERE topic = 'task.overdue'",
                        row -> row.getLong("events"))
                .map(found -> found.orElseThrow()));
    }
}
