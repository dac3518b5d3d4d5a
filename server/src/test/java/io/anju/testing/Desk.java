package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.identity.Role;
import io.anju.platform.http.Office;
import io.anju.testing.Cases.Case;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A member of staff of one office at work, over HTTP. */
public final class Desk {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Anju anju;
    private final String username;
    private final LogIn logIn;

    private Desk(Anju anju, String username, LogIn logIn) {
        this.anju = anju;
        this.username = username;
        this.logIn = logIn;
    }

    /** A new member of staff, with every role, of the office of this level and area. */
    public static Desk of(Anju anju, String level, String areaCode) {
        return of(anju, level, areaCode, "测试员", EnumSet.allOf(Role.class));
    }

    /** A new member of staff of this name with these roles. */
    public static Desk of(Anju anju, String level, String areaCode, String name, Set<Role> roles) {
        var office = new Office(areaCode.substring(0, 4) + "00", level, areaCode, "测试" + level + areaCode);
        var username = "desk." + COUNT.incrementAndGet();
        var password = UUID.randomUUID().toString();
        Anju.await(anju.domains()
                .identity
                .createStaff(
                        username, password, name, office, roles, anju.clock().instant()));
        return new Desk(
                anju,
                username,
                new LogIn(
                        anju,
                        () -> anju.http()
                                .post("/v1/sessions/staff", null, Map.of("username", username, "password", password))
                                .expect(201)
                                .json()
                                .path("accessToken")
                                .asText()));
    }

    public String username() {
        return username;
    }

    public String token() {
        return logIn.token();
    }

    public Answer get(String path) {
        return anju.http().get(path, token());
    }

    public Answer post(String path, @Nullable Object body) {
        return anju.http().post(path, token(), body);
    }

    /** All undecided tasks of the office. */
    public List<JsonNode> tasks() {
        var tasks = new ArrayList<JsonNode>();
        var path = "/v1/staff/tasks?limit=100";
        for (var next = ""; next != null; ) {
            var page = get(path + next).expect(200).json();
            page.path("items").forEach(tasks::add);
            next = page.has("nextCursor") ? "&cursor=" + page.path("nextCursor").asText() : null;
        }
        return tasks;
    }

    /** The undecided task of this case at the office; fails where there is none. */
    public String taskOf(Case one) {
        return tasks().stream()
                .filter(task ->
                        task.path("applicationId").asText().equals(one.id().toString()))
                .map(task -> task.path("taskId").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no task of " + one.receiptNumber()));
    }

    public Answer claim(String taskId) {
        return anju.http().post("/v1/staff/tasks/" + taskId + "/claim", token(), null);
    }

    public Answer decide(String taskId, String etag, Map<String, ?> decision) {
        return anju.http()
                .request("POST", "/v1/staff/tasks/" + taskId + "/decision")
                .token(token())
                .header("If-Match", etag)
                .body(decision)
                .send();
    }

    /** Claims the case's task and decides it. */
    public Answer decide(Case one, Map<String, ?> decision) {
        var taskId = taskOf(one);
        return decide(taskId, claim(taskId).expect(200).etag(), decision);
    }

    public Answer approve(Case one) {
        return decide(one, Map.of("decision", "approve"));
    }

    /** Claims the case's task and enters a confirming answer for everything that the policy asks of the agencies. */
    public String verify(Case one) {
        var taskId = taskOf(one);
        claim(taskId).expect(200);
        get("/v1/staff/tasks/" + taskId + "/verifications")
                .expect(200)
                .json()
                .path("items")
                .forEach(asked -> record(taskId, answer(asked, "confirmed")).expect(201));
        return taskId;
    }

    public Answer record(String taskId, Map<String, ?> answer) {
        return post("/v1/staff/tasks/" + taskId + "/verification-answers", answer);
    }

    /** An answer to what was asked, as of today. */
    public Map<String, Object> answer(JsonNode asked, String result) {
        return new LinkedHashMap<>(Map.of(
                "agency", asked.path("agency").asText(),
                "fact", asked.path("fact").asText(),
                "result", result,
                "asOf", anju.clock().today().toString(),
                "evidenceNumber", "TEST-1"));
    }

    /** Enters what the agencies confirm, and approves. */
    public void verifyAndApprove(Case one) {
        var taskId = verify(one);
        var etag = get("/v1/staff/tasks/" + taskId).expect(200).etag();
        decide(taskId, etag, Map.of("decision", "approve")).expect(200);
    }

    /** Publishes, lets the notice's days pass and does what is due then; gives the notice as it was opened. */
    public JsonNode publishAndClose(String stepId) {
        var notice = publish(stepId).expect(201).json().path("notice");
        anju.clock().set(Instant.parse(notice.path("closesAt").asText()));
        anju.runJobs();
        return notice;
    }

    public Answer publish(String stepId) {
        return post("/v1/staff/notices", Map.of("programme", "public-rental", "stepId", stepId));
    }
}
