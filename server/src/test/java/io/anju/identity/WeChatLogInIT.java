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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeChatLogInIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String PATH = "/v1/sessions/wechat";

    @Test
    void the_first_log_in_opens_an_account_and_the_next_finds_it() {
        var openId = "o" + UUID.randomUUID();
        var first = residentId(logIn(anju.people().weChatCode(openId)).expect(201));
        var second = residentId(logIn(anju.people().weChatCode(openId)).expect(201));
        var other = residentId(
                logIn(anju.people().weChatCode("o" + UUID.randomUUID())).expect(201));
        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void shows_neither_the_session_key_nor_the_openid() {
        var openId = "o" + UUID.randomUUID();
        var answer = logIn(anju.people().weChatCode(openId)).expect(201);
        assertThat(answer.toString()).doesNotContain(openId).doesNotContainIgnoringCase("session_key");
        var me = anju.http()
                .get("/v1/me", answer.json().path("accessToken").asText())
                .expect(200);
        assertThat(me.json().path("logInMethods").get(0).asText()).isEqualTo("wechat");
        assertThat(me.toString()).doesNotContain(openId);
    }

    @Test
    void a_repeated_request_gets_the_same_answer_though_the_code_is_spent() {
        var code = anju.people().weChatCode();
        var key = UUID.randomUUID().toString();
        var first = logIn(code, key).expect(201);
        var again = logIn(code, key).expect(201);
        assertThat(again.body()).isEqualTo(first.body());
        logIn(code, UUID.randomUUID().toString()).expect(422, "wechat-code-invalid");
    }

    @Test
    void one_request_sent_ten_times_at_once_opens_one_session() {
        var code = anju.people().weChatCode();
        var key = UUID.randomUUID().toString();
        var answers = IntStream.range(0, 10)
                .mapToObj(i -> anju.http()
                        .request("POST", PATH)
                        .key(key)
                        .body(Map.of("code", code))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> future.join())
                .toList();
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(answer -> answer.json().path("sessionId").asText()))
                .isNotEmpty()
                .containsOnly(
                        logIn(code, key).expect(201).json().path("sessionId").asText());
    }

    @Test
    void ten_first_log_ins_of_one_user_at_once_open_one_account() {
        var openId = "o" + UUID.randomUUID();
        var codes = IntStream.range(0, 10)
                .mapToObj(i -> anju.people().weChatCode(openId))
                .toList();
        var residents = codes.stream()
                .map(code -> anju.http()
                        .request("POST", PATH)
                        .body(Map.of("code", code))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> residentId(future.join().expect(201)))
                .distinct();
        assertThat(residents).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "40029, 422, wechat-code-invalid",
        "40163, 422, wechat-code-invalid",
        "40226, 403, wechat-user-blocked",
        "45011, 429, wechat-too-often",
        "-1, 503, wechat-unavailable",
        "40013, 503, wechat-unavailable",
        "12345, 503, wechat-unavailable",
    })
    void answers_each_of_wechats_errors_with_its_problem(int error, int status, String problem) {
        var answer = logIn(anju.people().weChatCode("oError", error)).expect(status, problem);
        if (status == 422) {
            assertThat(answer.pointers()).containsExactly("/code");
        }
        if (status == 429 || status == 503) {
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
    }

    @Test
    void refuses_a_code_that_is_unknown_or_five_minutes_old() {
        logIn("0never").expect(422, "wechat-code-invalid");
        var code = anju.people().weChatCode();
        anju.clock().advance(Duration.ofMinutes(5));
        logIn(code).expect(422, "wechat-code-invalid");
    }

    @ParameterizedTest
    @CsvSource({"'{}', required", "'{\"code\":\"\"}', ", "'{\"code\":\"a b\"}', pattern", "'{\"code\":7}', "})
    void refuses_a_body_that_breaks_the_contract(String body) {
        var answer = anju.http().post(PATH, null, body).expect(400, "invalid-request");
        assertThat(answer.pointers()).containsExactly("/code");
    }

    private static Answer logIn(String code) {
        return anju.http().post(PATH, null, Map.of("code", code));
    }

    private static Answer logIn(String code, String key) {
        return anju.http()
                .request("POST", PATH)
                .key(key)
                .body(Map.of("code", code))
                .send();
    }

    private static String residentId(Answer session) {
        var token = session.json().path("accessToken").asText();
        return anju.http()
                .get("/v1/me", token)
                .expect(200)
                .json()
                .path("residentId")
                .asText();
    }
}
