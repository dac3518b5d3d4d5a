package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RefreshIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Answer session = anju.people().logInWithWeChat();
    private final String first = refreshToken(session);

    @Test
    void gives_new_tokens_of_the_same_session() {
        var refreshed = refresh(first).expect(200);
        assertThat(refreshed.json().path("sessionId")).isEqualTo(session.json().path("sessionId"));
        assertThat(refreshToken(refreshed)).isNotEqualTo(first);
        works(refreshed);
    }

    @Test
    void a_lost_answer_may_be_asked_for_again_for_thirty_seconds() {
        var second = refreshToken(refresh(first).expect(200));
        anju.clock().advance(Duration.ofSeconds(30));
        assertThat(refreshToken(refresh(first).expect(200))).isEqualTo(second);
        refresh(second).expect(200);
    }

    @Test
    void later_it_ends_the_session() {
        var refreshed = refresh(first).expect(200);
        anju.clock().advance(Duration.ofSeconds(31));
        refresh(first).expect(401, "refresh-token-reused");
        isOver(refreshed);
    }

    @Test
    void a_token_whose_successor_is_used_ends_the_session() {
        var second = refresh(first).expect(200);
        var third = refresh(refreshToken(second)).expect(200);
        refresh(first).expect(401, "refresh-token-reused");
        isOver(third);
    }

    @Test
    void the_stored_answer_of_the_same_request_does_not_let_a_copied_token_pass() {
        var key = UUID.randomUUID().toString();
        var second = refresh(first, key).expect(200);
        assertThat(refresh(first, key).expect(200).body()).isEqualTo(second.body());
        refresh(refreshToken(second)).expect(200);
        refresh(first, key).expect(401, "refresh-token-reused");
    }

    @Test
    void of_two_at_once_both_get_the_same_successor() {
        var both = IntStream.range(0, 2)
                .mapToObj(i -> anju.http()
                        .request("POST", "/v1/sessions/refresh")
                        .body(Map.of("refreshToken", first))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> refreshToken(future.join().expect(200)))
                .toList();
        assertThat(both.get(0)).isEqualTo(both.get(1));
        refresh(both.get(0)).expect(200);
    }

    @Test
    void fifty_at_once_leave_one_successor() {
        var answers = IntStream.range(0, 50)
                .mapToObj(i -> anju.http()
                        .request("POST", "/v1/sessions/refresh")
                        .body(Map.of("refreshToken", first))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> future.join())
                .toList();
        // they wait for one row: on a slow machine some are told to come again
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 503));
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .map(RefreshIT::refreshToken)
                        .distinct())
                .hasSize(1);
    }

    /** A grandparent among fifty requests with the parent: it ends the session, whoever comes first. */
    @Test
    void a_grandparent_in_a_race_ends_the_session() {
        var second = refreshToken(refresh(first).expect(200));
        var third = refresh(second).expect(200);
        var answers = IntStream.range(0, 50)
                .mapToObj(i -> anju.http()
                        .request("POST", "/v1/sessions/refresh")
                        .body(Map.of("refreshToken", i == 25 ? first : second))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> future.join())
                .toList();
        assertThat(answers.get(25).status()).isIn(401, 503);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(200, 401, 503));
        refresh(first).expect(401);
        isOver(third);
    }

    @Test
    void a_token_unused_for_a_month_is_dead() {
        anju.clock().advance(Duration.ofDays(30));
        refresh(first).expect(401, "refresh-token-invalid");
    }

    @Test
    void a_session_kept_in_use_ends_after_a_year() {
        var token = first;
        for (int day = 0; day < 364; day += 28) {
            anju.clock().advance(Duration.ofDays(28));
            token = refreshToken(refresh(token).expect(200));
        }
        anju.clock().advance(Duration.ofDays(1));
        refresh(token).expect(401, "refresh-token-invalid");
    }

    @Test
    void an_unknown_token_is_refused() {
        refresh("anju-r-" + "A".repeat(43)).expect(401, "refresh-token-invalid");
    }

    @Test
    void after_log_out_neither_token_works() {
        anju.http().delete("/v1/sessions/current", accessToken(session)).expect(204);
        isOver(session);
        refresh(first).expect(401, "refresh-token-invalid");
    }

    @Test
    void tokens_are_stored_as_hashes_only() {
        var stored = Anju.await(anju.db()
                .list("SELECT to_jsonb(t)::text AS row FROM identity.refresh_token t", row -> row.getString("row")));
        assertThat(stored).isNotEmpty().noneMatch(row -> row.contains("anju-r-"));
    }

    private static void works(Answer session) {
        anju.http().get("/v1/me", accessToken(session)).expect(200);
    }

    private static void isOver(Answer session) {
        anju.http().get("/v1/me", accessToken(session)).expect(401, "unauthenticated");
        refresh(refreshToken(session)).expect(401, "refresh-token-invalid");
    }

    private static Answer refresh(String token) {
        return refresh(token, UUID.randomUUID().toString());
    }

    private static Answer refresh(String token, String key) {
        return anju.http()
                .request("POST", "/v1/sessions/refresh")
                .key(key)
                .body(Map.of("refreshToken", token))
                .send();
    }

    private static String refreshToken(Answer answer) {
        return answer.json().path("refreshToken").asText();
    }

    private static String accessToken(Answer answer) {
        return answer.json().path("accessToken").asText();
    }
}
