package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.platform.http.Office;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two instances on one database, asked at once: what is costly or guessable is counted once for both. */
class ExactLimitsIT {
    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_TRUSTED_PROXIES", "1");

    private static final int AT_ONCE = 30;

    @SuppressWarnings("NullAway.Init")
    private static List<ApiClient> instances;

    @BeforeAll
    static void startAnother() {
        instances = List.of(anju.http(), anju.another());
    }

    @Test
    void a_number_gets_one_code_of_both() {
        var taken =
                taken(202, i -> request("/v1/one-time-codes", "198.51.100." + i, Map.of("phone", "13811112222"), i));
        assertThat(taken).isEqualTo(1);
    }

    @Test
    void an_address_gets_its_codes_of_both() {
        var taken = taken(
                202, i -> request("/v1/one-time-codes", "203.0.113.5", Map.of("phone", "137%08d".formatted(i)), i));
        assertThat(taken).isEqualTo(60);
    }

    @Test
    void a_password_is_guessed_five_times_at_both() {
        Anju.await(anju.domains()
                .identity
                .createStaff(
                        "guessed.at",
                        "correct horse battery staple",
                        "测试员",
                        new Office("370200", "street", "370202001", "测试街道"),
                        Set.of(Role.REVIEWER),
                        anju.clock().instant()));
        var taken = taken(
                401,
                i -> request(
                        "/v1/sessions/staff",
                        "203.0.113.9",
                        Map.of("username", "guessed.at", "password", "wrong password " + i),
                        i));
        assertThat(taken).isEqualTo(5);
    }

    @Test
    void a_session_is_renewed_sixty_times_an_hour_at_both() {
        var session = anju.people().logInWithWeChat().json();
        var token = session.path("refreshToken").asText();
        for (int i = 0; i < 60; i++) {
            token = refresh(i, token)
                    .send()
                    .expect(200)
                    .json()
                    .path("refreshToken")
                    .asText();
        }
        refresh(60, token).send().expect(429, "too-many-log-ins");
        refresh(61, token).send().expect(429, "too-many-log-ins");
    }

    private static ApiClient.Call refresh(int i, String token) {
        return request("/v1/sessions/refresh", "203.0.113.30", Map.of("refreshToken", token), i);
    }

    /**
     * How many requests are answered with this status before the limit answers: many at once, and then, since those that
     * waited too long for a row on a busy machine were sent away with 503, one after the other.
     */
    private static int taken(int status, IntFunction<ApiClient.Call> call) {
        int taken = 0;
        for (Answer answer : race(AT_ONCE, call)) {
            assertThat(answer.status()).isIn(status, 429, 503);
            taken += answer.status() == status ? 1 : 0;
        }
        for (int i = AT_ONCE; call.apply(i).send().status() == status; i++) {
            taken++;
        }
        return taken;
    }

    private static ApiClient.Call request(String path, String address, Map<String, String> body, int i) {
        return instances
                .get(i % 2)
                .request("POST", path)
                .header("X-Forwarded-For", address)
                .body(body);
    }

    private static List<Answer> race(int count, IntFunction<ApiClient.Call> call) {
        return IntStream.range(0, count).mapToObj(i -> call.apply(i).sendAsync()).toList().stream()
                .map(future -> future.join())
                .toList();
    }
}
