package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.People;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindIdentityIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final AtomicInteger PERSONS = new AtomicInteger();

    private final String nationalId = People.nationalId(LocalDate.of(1980, 5, 6), PERSONS.incrementAndGet());
    private final String token = anju.people().resident();

    @Test
    void binds_an_account_and_shows_it_masked() {
        var bound = bind(token, "欧阳震华", nationalId).expect(201);
        assertThat(bound.json().path("maskedName").asText()).isEqualTo("欧**");
        assertThat(bound.toString()).doesNotContain(nationalId).doesNotContain("震华");
        var me = anju.http().get("/v1/me", token).expect(200);
        assertThat(me.json().path("identity")).isEqualTo(bound.json());
    }

    @Test
    void nothing_is_shown_of_a_person_before() {
        assertThat(anju.http().get("/v1/me", token).expect(200).json().has("identity"))
                .isFalse();
    }

    @Test
    void keeps_name_and_number_sealed_and_records_the_act() {
        bind(token, "司马相如", nationalId).expect(201);
        var id = residentId(token);
        var row = Anju.await(anju.db()
                .find(
                        "SELECT to_jsonb(r)::text AS row FROM identity.resident r WHERE id = $1",
                        found -> found.getString("row"),
                        id));
        assertThat(row.orElseThrow()).doesNotContain(nationalId).doesNotContain("司马");
        var audited = Anju.await(anju.db()
                .list(
                        "SELECT action, actor_kind FROM platform.audit WHERE subject_id = $1 AND action LIKE 'identity.%'",
                        found -> found.getString("action") + " " + found.getString("actor_kind"), id));
        assertThat(audited).containsExactly("identity.bound resident");
    }

    @Test
    void an_account_is_bound_once() {
        var first = bind(token, "张三", nationalId).expect(201);
        // to the person that it is bound to already: nothing changes
        assertThat(bind(token, "张三", nationalId).expect(201).json()).isEqualTo(first.json());
        bind(token, "李四", nationalId).expect(409, "identity-already-bound");
        bind(token, "李四", People.nationalId(LocalDate.of(1981, 1, 1), PERSONS.incrementAndGet()))
                .expect(409, "identity-already-bound");
    }

    @Test
    void a_repeated_request_gets_the_same_answer() {
        var key = UUID.randomUUID().toString();
        var first = bind(token, "张三", nationalId, key).expect(201);
        assertThat(bind(token, "张三", nationalId, key).expect(201).body()).isEqualTo(first.body());
        bind(token, "李四", nationalId, key).expect(422, "idempotency-key-reused");
    }

    @Test
    void one_person_has_one_account() {
        bind(token, "张三", nationalId).expect(201);
        var second = anju.people().resident();
        bind(second, "张三", nationalId).expect(409, "person-has-account");
        bind(second, "张三", nationalId.toLowerCase(java.util.Locale.ROOT)).expect(409, "person-has-account");
    }

    @Test
    void of_twenty_accounts_that_race_for_one_person_one_wins() {
        var answers = IntStream.range(0, 20).mapToObj(i -> anju.people().resident()).toList().stream()
                .map(each -> anju.http()
                        .request("POST", "/v1/me/identity")
                        .token(each)
                        .body(Map.of("realName", "张三", "nationalId", nationalId))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> future.join())
                .toList();
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("person-has-account"));
    }

    @Test
    void of_two_persons_that_race_for_one_account_one_wins() {
        var other = People.nationalId(LocalDate.of(1979, 3, 4), PERSONS.incrementAndGet());
        var codes = List.of(nationalId, other).stream()
                .map(each -> anju.http()
                        .request("POST", "/v1/me/identity")
                        .token(token)
                        .body(Map.of("realName", "张三", "nationalId", each))
                        .sendAsync())
                .toList()
                .stream()
                .map(future -> future.join().status())
                .toList();
        assertThat(codes).containsExactlyInAnyOrder(201, 409);
    }

    @ParameterizedTest
    @CsvSource({
        "张三, 110105194912310021, /nationalId national-id-check-digit",
        "张三, 11010520230229001?, /nationalId national-id-birth-date",
        "张三, 00010519491231002?, /nationalId national-id-region",
        "张3, 11010519491231002X, /realName real-name-invalid",
    })
    void names_the_field_at_fault(String name, String number, String finding) {
        var whole = number.endsWith("?")
                ? number.substring(0, 17) + NationalId.checkCharacter(number.substring(0, 17))
                : number;
        assertThat(bind(token, name, whole).expect(422, "identity-not-valid").findings())
                .containsExactly(finding);
    }

    @Test
    void names_all_fields_at_fault_at_once() {
        assertThat(bind(token, "a1", "110105194912310021").expect(422).pointers())
                .containsExactly("/realName", "/nationalId");
        assertThat(bind(token, "", "1101").expect(400, "invalid-request").pointers())
                .containsExactlyInAnyOrder("/realName", "/nationalId");
    }

    @Test
    void a_resident_may_try_ten_times_a_day() {
        beginDay();
        var eager = anju.people().resident();
        for (int i = 0; i < 10; i++) {
            bind(eager, "张三", "110105194912310021").expect(422);
        }
        bind(eager, "张三", nationalId).expect(429, "too-many-bindings");
    }

    @Test
    void is_for_residents() {
        bind(anju.people().staff("street", "370202001"), "张三", nationalId).expect(403, "forbidden");
        bind(null, "张三", nationalId).expect(401, "unauthenticated");
    }

    private static Answer bind(@org.jspecify.annotations.Nullable String token, String name, String number) {
        return bind(token, name, number, UUID.randomUUID().toString());
    }

    private static Answer bind(
            @org.jspecify.annotations.Nullable String token, String name, String number, String key) {
        return anju.http()
                .request("POST", "/v1/me/identity")
                .token(token)
                .key(key)
                .body(Map.of("realName", name, "nationalId", number))
                .send();
    }

    private static UUID residentId(String token) {
        return UUID.fromString(
                anju.http().get("/v1/me", token).json().path("residentId").asText());
    }

    private static void beginDay() {
        var now = anju.clock().instant().getEpochSecond();
        anju.clock().advance(Duration.ofSeconds(86_400 - now % 86_400));
    }
}
