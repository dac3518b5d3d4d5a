package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.PaperAccounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** What tests of accounts that become one do, and what they look at afterwards. */
final class JoinedAccounts {
    private final Anju anju;
    private final AtomicInteger phones = new AtomicInteger();

    JoinedAccounts(Anju anju) {
        this.anju = anju;
    }

    /** A phone that nobody has yet. */
    String phone() {
        return "137%08d".formatted(phones.incrementAndGet());
    }

    /** The session of whoever has this phone. */
    Answer byPhone(String number) {
        return anju.http().post("/v1/sessions/phone", null, proof(number)).expect(201);
    }

    /** A fresh code that was sent to this phone. */
    Map<String, String> proof(String number) {
        anju.clock().advance(Duration.ofSeconds(61));
        var challenge = anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", number))
                .expect(202)
                .json()
                .path("challengeId")
                .asText();
        anju.runJobs();
        var code = anju.people().messages(number).at("/0/parameters/code").asText();
        return Map.of("challengeId", challenge, "code", code);
    }

    static List<Answer> atOnce(List<ApiClient.Call> calls) {
        return calls.stream().map(ApiClient.Call::sendAsync).toList().stream()
                .map(CompletableFuture::join)
                .toList();
    }

    static String accessToken(Answer session) {
        return session.json().path("accessToken").asText();
    }

    String residentId(String token) {
        return anju.http()
                .get("/v1/me", token)
                .expect(200)
                .json()
                .path("residentId")
                .asText();
    }

    Answer refresh(Answer session) {
        return anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of(
                                "refreshToken",
                                session.json().path("refreshToken").asText()));
    }

    /** Nothing of a session opens anything any more. */
    void isOver(Answer session) {
        anju.http().get("/v1/me", accessToken(session)).expect(401);
        refresh(session).expect(401);
    }

    /** Begins an application; gives its id. */
    String draft(String token) {
        return anju.http()
                .post("/v1/applications", token, new PaperAccounts(anju).order())
                .expect(201)
                .json()
                .path("id")
                .asText();
    }

    /** Files a complaint; gives its id. */
    static String complain(ApiClient.Call call) {
        return call.body(Map.of(
                        "cityCode", "370200",
                        "kind", "complaint",
                        "category", "application-handling",
                        "areaCode", "370202001001",
                        "text", "窗口排队时间过长，请改进。"))
                .send()
                .expect(201)
                .json()
                .at("/complaint/complaintId")
                .asText();
    }

    /** Every open draft and every complaint belongs to an account that stands, and no joined account is a person. */
    void nobodyIsLost() {
        anju.runJobs();
        var lost = Anju.await(anju.db().list("""
                        SELECT 'draft' AS what FROM application.application JOIN identity.gone_account USING (resident_id)
                         WHERE state = 'draft'
                        UNION ALL
                        SELECT 'complaint' FROM complaint.complaint JOIN identity.gone_account USING (resident_id)
                        UNION ALL
                        SELECT 'way' FROM identity.log_in_method JOIN identity.gone_account USING (resident_id)
                        UNION ALL
                        SELECT 'session'
                          FROM identity.session s JOIN identity.gone_account g ON g.resident_id = s.subject_id
                         WHERE s.ended_at IS NULL
                        """, row -> row.getString("what")));
        assertThat(lost).isEmpty();
    }
}
