package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Cases;
import io.anju.testing.People;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A second way to log in, and the joining of two accounts of one person. */
class LogInMethodsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String WECHAT = "/v1/me/log-in-methods/wechat";
    private static final String PHONE = "/v1/me/log-in-methods/phone";
    private static final String WECHAT_PHONE = "/v1/me/log-in-methods/wechat-phone";

    private final int number = COUNT.incrementAndGet();
    private final String phone = "137%08d".formatted(number);
    private final String openId = "o" + UUID.randomUUID();

    @Test
    void a_free_phone_becomes_a_way_into_the_same_account() {
        var token = weChat();
        var me = addPhone(token).expect(200).json();
        assertThat(me.path("logInMethods")).extracting(JsonNode::asText).containsExactly("phone", "wechat");
        assertThat(residentId(byPhone())).isEqualTo(residentId(token));
    }

    @Test
    void a_free_wechat_user_becomes_a_way_into_the_same_account() {
        var token = byPhone();
        addWeChat(token).expect(200);
        assertThat(residentId(weChat())).isEqualTo(residentId(token));
        addWeChat(token).expect(200); // again, with a fresh code: nothing changes
        assertThat(me(token).path("logInMethods")).hasSize(2);
    }

    @Test
    void an_account_of_nobody_known_is_joined_with_its_drafts_and_its_sessions_end() {
        var empty = byPhone();
        var draft = anju.http()
                .post(
                        "/v1/applications",
                        empty,
                        Map.of(
                                "cityCode", "370200",
                                "programme", "public-rental",
                                "household", new Cases(anju).household("370202001001")))
                .expect(201)
                .json()
                .path("id")
                .asText();
        var bound = bound(weChat());
        addPhone(bound).expect(200);
        anju.http().get("/v1/me", empty).expect(401);
        anju.http().get("/v1/applications/" + draft, bound).expect(200);
        assertThat(residentId(byPhone())).isEqualTo(residentId(bound));
    }

    @Test
    void an_account_bound_to_a_person_stays_what_it_is() {
        var theirs = bound(byPhone());
        var id = residentId(theirs);
        addPhone(weChat()).expect(409, "log-in-method-taken");
        addPhone(bound(weChat())).expect(409, "log-in-method-taken");
        assertThat(residentId(byPhone())).isEqualTo(id);
        anju.http().get("/v1/me", theirs).expect(200);
    }

    @Test
    void nobody_adds_a_number_without_its_code() {
        byPhone();
        var attacker = weChat();
        var challenge = challenge();
        anju.http()
                .post(PHONE, attacker, Map.of("challengeId", challenge, "code", wrong(code())))
                .expect(422, "one-time-code-wrong");
        anju.http()
                .post(PHONE, attacker, Map.of("challengeId", UUID.randomUUID(), "code", code()))
                .expect(422, "one-time-code-wrong");
        assertThat(me(attacker).path("logInMethods")).hasSize(1);
    }

    @Test
    void a_repeated_request_gets_the_same_answer_though_the_code_is_spent() {
        var token = weChat();
        var key = UUID.randomUUID().toString();
        var body = Map.of("challengeId", challenge(), "code", code());
        var first = anju.http()
                .request("POST", PHONE)
                .token(token)
                .key(key)
                .body(body)
                .send();
        var again = anju.http()
                .request("POST", PHONE)
                .token(token)
                .key(key)
                .body(body)
                .send();
        assertThat(again.expect(200).body()).isEqualTo(first.expect(200).body());
        anju.http().post(PHONE, token, body).expect(422, "one-time-code-wrong");
    }

    @Test
    void two_accounts_that_take_each_other_at_once_end_as_one() {
        var first = weChat();
        var second = byPhone();
        var challenge = challenge();
        var phoneCode = code();
        var weChatCode = anju.people().weChatCode(openId);
        var answers = Stream.of(
                        anju.http()
                                .request("POST", PHONE)
                                .token(first)
                                .body(Map.of("challengeId", challenge, "code", phoneCode)),
                        anju.http().request("POST", WECHAT).token(second).body(Map.of("code", weChatCode)))
                .map(call -> call.sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers)
                .contains(200)
                .allSatisfy(status -> assertThat(status).isIn(200, 401, 409));
        assertThat(residentId(byPhone())).isEqualTo(residentId(weChat()));
    }

    @Test
    void one_free_number_that_ten_accounts_add_at_once_goes_to_one() {
        var tokens = Stream.generate(() -> anju.people().resident())
                .limit(10)
                .map(this::bound)
                .toList();
        var codes = tokens.stream()
                .map(token -> anju.people().weChatPhoneCode(phone, 0))
                .toList();
        var answers = Stream.iterate(0, i -> i < 10, i -> i + 1)
                .map(i -> anju.http()
                        .request("POST", WECHAT_PHONE)
                        .token(tokens.get(i))
                        .body(Map.of("code", codes.get(i)))
                        .sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(9);
    }

    @Test
    void an_account_has_eight_ways_at_most() {
        var token = weChat();
        for (int i = 1; i < 8; i++) {
            anju.http()
                    .post(WECHAT, token, Map.of("code", anju.people().weChatCode()))
                    .expect(200);
        }
        addPhone(token).expect(409, "too-many-log-in-methods");
    }

    @Test
    void wechat_tells_the_number_that_it_knows() {
        var token = weChat();
        var me = anju.http()
                .post(WECHAT_PHONE, token, Map.of("code", anju.people().weChatPhoneCode(phone, 0)))
                .expect(200);
        assertThat(me.json().path("maskedPhone").asText()).startsWith("137****");
        assertThat(me.toString()).doesNotContain(phone);
        assertThat(residentId(byPhone())).isEqualTo(residentId(token));
    }

    @Test
    void an_access_token_that_wechat_ended_is_fetched_again() {
        anju.http()
                .post(WECHAT_PHONE, weChat(), Map.of("code", anju.people().weChatPhoneCode(phone, 0)))
                .expect(200);
        anju.people().endWeChatAccessToken();
        anju.http()
                .post(WECHAT_PHONE, weChat(), Map.of("code", anju.people().weChatPhoneCode(phone, 0)))
                .expect(200);
    }

    @ParameterizedTest
    @CsvSource({
        "40029, 422, wechat-code-invalid",
        "40013, 422, wechat-code-invalid",
        "45011, 429, wechat-too-often",
        "-1, 503, wechat-unavailable",
        "1400001, 503, wechat-unavailable",
    })
    void answers_each_of_wechats_errors_with_its_problem(int error, int status, String problem) {
        anju.http()
                .post(WECHAT_PHONE, weChat(), Map.of("code", anju.people().weChatPhoneCode(phone, error)))
                .expect(status, problem);
    }

    @Test
    void refuses_a_number_that_is_no_mobile_phone() {
        anju.http()
                .post(WECHAT_PHONE, weChat(), Map.of("code", anju.people().weChatPhoneCode("053212345678", 0)))
                .expect(422, "invalid-phone");
    }

    private String weChat() {
        return anju.people().logIn(openId);
    }

    private String byPhone() {
        return token(anju.http()
                .post("/v1/sessions/phone", null, Map.of("challengeId", challenge(), "code", code()))
                .expect(201));
    }

    private Answer addPhone(String token) {
        return anju.http().post(PHONE, token, Map.of("challengeId", challenge(), "code", code()));
    }

    private Answer addWeChat(String token) {
        return anju.http().post(WECHAT, token, Map.of("code", anju.people().weChatCode(openId)));
    }

    private String challenge() {
        anju.clock().advance(Duration.ofSeconds(61));
        return anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", phone))
                .expect(202)
                .json()
                .path("challengeId")
                .asText();
    }

    private String code() {
        anju.runJobs();
        return anju.people()
                .messages(phone)
                .get(0)
                .path("parameters")
                .path("code")
                .asText();
    }

    private static String wrong(String code) {
        return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
    }

    private String bound(String token) {
        var sequence = COUNT.incrementAndGet();
        anju.http()
                .post(
                        "/v1/me/identity",
                        token,
                        Map.of(
                                "realName",
                                "赵试验",
                                "nationalId",
                                People.nationalId(LocalDate.of(1971, 2, 3).plusDays(sequence), sequence)))
                .expect(201);
        return token;
    }

    private static JsonNode me(String token) {
        return anju.http().get("/v1/me", token).expect(200).json();
    }

    private static String residentId(String token) {
        return me(token).path("residentId").asText();
    }

    private static String token(Answer session) {
        return session.json().path("accessToken").asText();
    }
}
