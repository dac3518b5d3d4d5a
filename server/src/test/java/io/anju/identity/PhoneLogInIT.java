package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneLogInIT {
    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_TRUSTED_PROXIES", "1");

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final AtomicInteger ADDRESSES = new AtomicInteger();

    private final String phone = "138%08d".formatted(NUMBERS.incrementAndGet());
    private final String address = "192.0.2." + ADDRESSES.incrementAndGet();

    @Test
    void a_code_sent_by_sms_opens_an_account_and_the_next_finds_it() {
        var first = logIn(challenge(phone), code(phone)).expect(201);
        anju.clock().advance(Duration.ofMinutes(1));
        var second = logIn(challenge("+86 " + phone), code(phone)).expect(201);
        assertThat(me(second).path("residentId")).isEqualTo(me(first).path("residentId"));
        assertThat(me(first).path("maskedPhone").asText())
                .isEqualTo(phone.substring(0, 3) + "****" + phone.substring(7));
    }

    @Test
    void answers_alike_whether_or_not_the_number_has_an_account() {
        logIn(challenge(phone), code(phone)).expect(201);
        anju.clock().advance(Duration.ofMinutes(1));
        var known = request(phone, address).expect(202);
        var unknown =
                request("138%08d".formatted(NUMBERS.incrementAndGet()), address).expect(202);
        assertThat(known.json().path("expiresAt")).isEqualTo(unknown.json().path("expiresAt"));
        assertThat(known.json().properties().stream().map(Map.Entry::getKey))
                .containsExactlyElementsOf(unknown.json().properties().stream()
                        .map(Map.Entry::getKey)
                        .toList());
        assertThat(known.body()).hasSameSizeAs(unknown.body());
    }

    @Test
    void a_code_is_good_once() {
        var challenge = challenge(phone);
        var code = code(phone);
        logIn(challenge, code).expect(201);
        logIn(challenge, code).expect(422, "one-time-code-wrong");
    }

    @Test
    void a_repeated_request_gets_the_same_answer() {
        var challenge = challenge(phone);
        var body = Map.of("challengeId", challenge, "code", code(phone));
        var key = UUID.randomUUID().toString();
        var first = anju.http()
                .request("POST", "/v1/sessions/phone")
                .key(key)
                .body(body)
                .send();
        var again = anju.http()
                .request("POST", "/v1/sessions/phone")
                .key(key)
                .body(body)
                .send();
        assertThat(again.body()).isEqualTo(first.expect(201).body());
    }

    @Test
    void five_wrong_tries_spend_a_code() {
        var challenge = challenge(phone);
        var code = code(phone);
        for (int i = 0; i < 5; i++) {
            var answer = logIn(challenge, wrong(code)).expect(422, "one-time-code-wrong");
            assertThat(answer.pointers()).containsExactly("/code");
        }
        logIn(challenge, code).expect(422, "one-time-code-wrong");
    }

    @Test
    void four_wrong_tries_do_not() {
        var challenge = challenge(phone);
        var code = code(phone);
        for (int i = 0; i < 4; i++) {
            logIn(challenge, wrong(code)).expect(422, "one-time-code-wrong");
        }
        logIn(challenge, code).expect(201);
    }

    @Test
    void guesses_that_race_are_five_at_most() {
        var challenge = challenge(phone);
        var code = code(phone);
        var guesses = IntStream.range(0, 50)
                .mapToObj(i -> anju.http()
                        .request("POST", "/v1/sessions/phone")
                        .body(Map.of("challengeId", challenge, "code", wrong(code)))
                        .sendAsync())
                .toList();
        guesses.forEach(guess -> guess.join().expect(422, "one-time-code-wrong"));
        var tries = Anju.await(anju.db()
                .find(
                        "SELECT tries FROM identity.one_time_code WHERE id = $1",
                        row -> row.getInteger("tries"),
                        UUID.fromString(challenge)));
        assertThat(tries).contains(5);
        logIn(challenge, code).expect(422, "one-time-code-wrong");
    }

    @Test
    void a_stranger_cannot_spend_the_tries_of_the_owners_code() {
        var owners = challenge(phone);
        var code = code(phone);
        anju.clock().advance(Duration.ofMinutes(1));
        var strangers = request(phone, "198.51.100.7")
                .expect(202)
                .json()
                .path("challengeId")
                .asText();
        for (int i = 0; i < 6; i++) {
            logIn(strangers, wrong(code)).expect(422);
        }
        logIn(owners, code).expect(201);
    }

    @Test
    void a_code_of_one_challenge_is_wrong_for_another() {
        challenge(phone);
        var first = code(phone);
        anju.clock().advance(Duration.ofMinutes(1));
        var second = challenge(phone);
        if (!code(phone).equals(first)) {
            logIn(second, first).expect(422, "one-time-code-wrong");
        }
        logIn(UUID.randomUUID().toString(), first).expect(422, "one-time-code-wrong");
    }

    @Test
    void a_code_is_good_for_ten_minutes() {
        var challenge = challenge(phone);
        var code = code(phone);
        anju.clock().advance(Duration.ofMinutes(10));
        logIn(challenge, code).expect(422, "one-time-code-wrong");
    }

    @Test
    void a_number_gets_one_code_a_minute_five_an_hour() {
        beginHour();
        for (int i = 0; i < 5; i++) {
            request(phone, address).expect(202);
            var tooSoon = request(phone, address).expect(429, "too-many-codes");
            var most = i < 4 ? 60 : 3600;
            assertThat(Integer.parseInt(tooSoon.header("Retry-After"))).isBetween(1, most);
            anju.clock().advance(Duration.ofMinutes(1));
        }
        var tooMany = request(phone, address).expect(429, "too-many-codes");
        assertThat(Integer.parseInt(tooMany.header("Retry-After"))).isBetween(61, 3600);
        anju.clock().advance(Duration.ofHours(1));
        request(phone, address).expect(202);
    }

    @Test
    void strangers_cannot_use_up_the_codes_of_an_owner_who_has_logged_in_before() {
        beginHour();
        logIn(challenge(phone), code(phone)).expect(201);
        for (int i = 0; i < 6; i++) {
            anju.clock().advance(Duration.ofMinutes(1));
            request(phone, "203.0.113." + i);
        }
        request(phone, "203.0.113.99").expect(429, "too-many-codes");
        // what strangers asked for goes out first: messages that are sent together may arrive in any order
        anju.runJobs();
        logIn(challenge(phone), code(phone)).expect(201);
    }

    @Test
    void an_address_gets_sixty_codes_an_hour_for_whatever_numbers() {
        beginHour();
        for (int i = 0; i < 60; i++) {
            request("137%08d".formatted(i), address).expect(202);
        }
        request("13700009999", address).expect(429, "too-many-codes");
        request("13700009999", "192.0.2.250").expect(202);
    }

    @Test
    void an_installation_gets_twelve_codes_an_hour_from_whatever_addresses() {
        beginHour();
        var device = "device-" + UUID.randomUUID();
        for (int i = 0; i < 12; i++) {
            requestFrom(device, "136%08d".formatted(i), "203.0.114." + i).expect(202);
        }
        requestFrom(device, "13600009999", "203.0.114.99").expect(429, "too-many-codes");
        requestFrom("device-" + UUID.randomUUID(), "13600009999", "203.0.114.99")
                .expect(202);
        requestFrom("short", "13600009998", "203.0.114.98").expect(400, "invalid-request");
    }

    @Test
    void all_together_get_so_many_an_hour() {
        beginHour();
        request("13500000001", address).expect(202);
        Anju.await(anju.db()
                .execute(
                        "UPDATE identity.budget SET used = $1 WHERE kind = 'code-total-per-hour'",
                        Budget.CODE_TOTAL_PER_HOUR.limit()));
        request("13500000002", "192.0.2.251").expect(429, "too-many-codes");
        anju.clock().advance(Duration.ofHours(1));
        request("13500000002", "192.0.2.251").expect(202);
    }

    private static Answer requestFrom(String device, String phone, String address) {
        return anju.http()
                .request("POST", "/v1/one-time-codes")
                .header("X-Forwarded-For", address)
                .body(Map.of("phone", phone, "deviceId", device))
                .send();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0532-88888888", "hello", "+14155552671", "12345"})
    void refuses_what_gets_no_message(String notMobile) {
        var answer = request(notMobile, address).expect(422, "invalid-phone");
        assertThat(answer.pointers()).containsExactly("/phone");
    }

    @Test
    void a_message_is_sent_once_and_the_code_is_kept_nowhere_in_clear() {
        var challenge = challenge(phone);
        var code = code(phone);
        anju.runJobs();
        assertThat(anju.people().messages(phone)).hasSize(1);
        var row = Anju.await(anju.db()
                .find(
                        "SELECT to_jsonb(c)::text AS row, sealed_code IS NULL AS sent FROM identity.one_time_code c"
                                + " WHERE id = $1",
                        found -> found.getBoolean("sent") + " " + found.getString("row"),
                        UUID.fromString(challenge)));
        assertThat(row.orElseThrow()).startsWith("true ").doesNotContain(code).doesNotContain(phone);
    }

    private String challenge(String number) {
        return request(number, address).expect(202).json().path("challengeId").asText();
    }

    private static Answer request(String number, String from) {
        return anju.http()
                .request("POST", "/v1/one-time-codes")
                .header("X-Forwarded-For", from)
                .body(Map.of("phone", number))
                .send();
    }

    /** The newest code that the phone got. */
    private static String code(String number) {
        anju.runJobs();
        return anju.people()
                .messages(number)
                .get(0)
                .path("parameters")
                .path("code")
                .asText();
    }

    private Answer logIn(String challenge, String code) {
        return anju.http()
                .request("POST", "/v1/sessions/phone")
                .header("X-Forwarded-For", address)
                .body(Map.of("challengeId", challenge, "code", code))
                .send();
    }

    private static String wrong(String code) {
        return "%06d".formatted((Integer.parseInt(code) + 1) % 1_000_000);
    }

    private static com.fasterxml.jackson.databind.JsonNode me(Answer session) {
        return anju.http()
                .get("/v1/me", session.json().path("accessToken").asText())
                .expect(200)
                .json();
    }

    /** Goes to the start of an hour, where budgets per hour and minute begin together. */
    private static void beginHour() {
        var now = anju.clock().instant().getEpochSecond();
        anju.clock().advance(Duration.ofSeconds(3600 - now % 3600));
    }
}
