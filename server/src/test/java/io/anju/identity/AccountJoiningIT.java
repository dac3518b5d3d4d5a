package io.anju.identity;

import static io.anju.identity.JoinedAccounts.accessToken;
import static io.anju.identity.JoinedAccounts.atOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.http.InNameOf;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.Cases;
import io.anju.testing.People;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two accounts of one person become one, whatever else happens to either of them at that moment. */
class AccountJoiningIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final JoinedAccounts ACCOUNTS = new JoinedAccounts(anju);
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String PHONE = "/v1/me/log-in-methods/phone";
    private static final String WECHAT = "/v1/me/log-in-methods/wechat";

    /** How often two things are done at the same time. */
    private static final int RACES = 6;

    private final String phone = "135%08d".formatted(COUNT.incrementAndGet());
    private final String openId = "o" + UUID.randomUUID();

    @Test
    void two_that_take_one_account_at_once_leave_it_with_one_of_them() {
        var theirs = byPhone();
        var draft = ACCOUNTS.draft(accessToken(theirs));
        // bound, because who is bound to nobody would go along to the second
        var takers = List.of(
                bound(anju.people().logInWithWeChat()), bound(anju.people().logInWithWeChat()));
        var challenges = List.of(proof(), proof());
        var answers = atOnce(List.of(
                post(PHONE, accessToken(takers.get(0)), challenges.get(0)),
                post(PHONE, accessToken(takers.get(1)), challenges.get(1))));
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allMatch(answer -> answer.code().equals("log-in-method-taken"));
        var winner = answers.get(0).status() == 200 ? takers.get(0) : takers.get(1);
        assertThat(ACCOUNTS.residentId(accessToken(byPhone()))).isEqualTo(ACCOUNTS.residentId(accessToken(winner)));
        anju.http().get("/v1/applications/" + draft, accessToken(winner)).expect(200);
        ACCOUNTS.isOver(theirs);
    }

    @Test
    void three_that_take_each_other_in_a_ring_lose_nothing() {
        var numbers = Stream.generate(() -> "134%08d".formatted(COUNT.incrementAndGet()))
                .limit(3)
                .toList();
        var tokens = numbers.stream()
                .map(number -> accessToken(ACCOUNTS.byPhone(number)))
                .toList();
        var drafts = tokens.stream().map(ACCOUNTS::draft).toList();
        var calls = Stream.iterate(0, i -> i < 3, i -> i + 1)
                .map(i -> post(PHONE, tokens.get(i), ACCOUNTS.proof(numbers.get((i + 1) % 3))))
                .toList();
        assertThat(atOnce(calls))
                .allSatisfy(answer -> assertThat(answer.status()).isIn(200, 401, 409))
                .anyMatch(answer -> answer.status() == 200);
        var now = numbers.stream()
                .map(number -> accessToken(ACCOUNTS.byPhone(number)))
                .toList();
        for (String draft : drafts) {
            assertThat(now)
                    .anyMatch(token ->
                            anju.http().get("/v1/applications/" + draft, token).status() == 200);
        }
        ACCOUNTS.nobodyIsLost();
    }

    @Test
    void an_account_that_is_bound_at_that_moment_is_joined_or_bound_and_never_both() {
        var random = new Random(20260304);
        for (int i = 0; i < RACES; i++) {
            var number = "133%08d".formatted(COUNT.incrementAndGet());
            var theirs = ACCOUNTS.byPhone(number);
            var mine = anju.people().logInWithWeChat();
            var calls = List.of(post(PHONE, accessToken(mine), ACCOUNTS.proof(number)), bind(accessToken(theirs)));
            var first = random.nextBoolean() ? 0 : 1;
            var answers = atOnce(List.of(calls.get(first), calls.get(1 - first)));
            var joined = answers.get(first == 0 ? 0 : 1).status() == 200;
            var bound = answers.get(first == 0 ? 1 : 0).status() == 201;
            assertThat(joined).as("round " + i).isNotEqualTo(bound);
            var owner = ACCOUNTS.residentId(accessToken(ACCOUNTS.byPhone(number)));
            assertThat(owner)
                    .isEqualTo(
                            joined ? ACCOUNTS.residentId(accessToken(mine)) : ACCOUNTS.residentId(accessToken(theirs)));
        }
        ACCOUNTS.nobodyIsLost();
    }

    @Test
    void the_caller_may_be_bound_at_that_moment_too() {
        for (int i = 0; i < RACES; i++) {
            var number = "132%08d".formatted(COUNT.incrementAndGet());
            ACCOUNTS.byPhone(number);
            var mine = anju.people().logInWithWeChat();
            var answers =
                    atOnce(List.of(post(PHONE, accessToken(mine), ACCOUNTS.proof(number)), bind(accessToken(mine))));
            assertThat(answers.get(0).status()).isEqualTo(200);
            assertThat(answers.get(1).status()).isEqualTo(201);
            assertThat(ACCOUNTS.residentId(accessToken(ACCOUNTS.byPhone(number))))
                    .isEqualTo(ACCOUNTS.residentId(accessToken(mine)));
        }
    }

    @Test
    void accounts_of_two_persons_stay_two_from_either_side() {
        var first = byPhone();
        var second = anju.people().logInWithWeChat(openId);
        bind(accessToken(first)).send().expect(201);
        bind(accessToken(second)).send().expect(201);
        post(PHONE, accessToken(second), proof()).send().expect(409, "log-in-method-taken");
        post(WECHAT, accessToken(first), Map.of("code", anju.people().weChatCode(openId)))
                .send()
                .expect(409, "log-in-method-taken");
        assertThat(ACCOUNTS.residentId(accessToken(byPhone()))).isEqualTo(ACCOUNTS.residentId(accessToken(first)));
        assertThat(ACCOUNTS.residentId(anju.people().logIn(openId)))
                .isEqualTo(ACCOUNTS.residentId(accessToken(second)));
    }

    @Test
    void nothing_of_the_account_that_was_joined_opens_anything_afterwards() {
        var theirs = byPhone();
        var refreshed = ACCOUNTS.refresh(theirs).expect(200);
        var mine = anju.people().logInWithWeChat(openId);
        post(PHONE, accessToken(mine), proof()).send().expect(200);
        ACCOUNTS.isOver(theirs);
        ACCOUNTS.isOver(refreshed);
        assertThat(anju.http()
                        .get("/v1/me/sessions", accessToken(mine))
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(Anju.await(anju.db()
                        .list(
                                "SELECT subject_id::text FROM platform.audit WHERE action = 'identity.merged'",
                                row -> row.getString(0))))
                .contains(ACCOUNTS.residentId(accessToken(mine)));
    }

    @Test
    void drafts_and_complaints_of_both_are_there_afterwards() {
        var theirs = accessToken(byPhone());
        var mine = accessToken(bound(anju.people().logInWithWeChat(openId)));
        var theirDraft = ACCOUNTS.draft(theirs);
        var myDraft = ACCOUNTS.draft(mine);
        var theirComplaint =
                complain(theirs).expect(201).json().at("/complaint/complaintId").asText();
        var myComplaint =
                complain(mine).expect(201).json().at("/complaint/complaintId").asText();
        post(PHONE, mine, proof()).send().expect(200);
        for (String draft : List.of(theirDraft, myDraft)) {
            anju.http().get("/v1/applications/" + draft, mine).expect(200);
        }
        assertThat(anju.http().get("/v1/complaints", mine).expect(200).json().findValuesAsText("complaintId"))
                .contains(theirComplaint, myComplaint);
    }

    /** What is begun while the account is being joined comes along or is refused; it is never left behind. */
    @Test
    void what_is_begun_meanwhile_is_left_behind_nowhere() {
        for (int i = 0; i < RACES; i++) {
            var number = "131%08d".formatted(COUNT.incrementAndGet());
            var theirs = accessToken(ACCOUNTS.byPhone(number));
            var mine = accessToken(anju.people().logInWithWeChat());
            var household = new Cases(anju).household("370202001001");
            var answers = atOnce(List.of(
                    post(PHONE, mine, ACCOUNTS.proof(number)),
                    post("/v1/complaints", theirs, complaint()),
                    post("/v1/applications", theirs, order(household)),
                    post("/v1/complaints", theirs, complaint())));
            answers.get(0).expect(200);
            for (Answer begun : answers.subList(1, 4)) {
                assertThat(begun.status()).isIn(201, 401);
            }
            var complaints = answers.stream()
                    .map(answer -> answer.json().at("/complaint/complaintId").asText())
                    .filter(id -> !id.isEmpty())
                    .toList();
            assertThat(anju.http()
                            .get("/v1/complaints", mine)
                            .expect(200)
                            .json()
                            .findValuesAsText("complaintId"))
                    .containsAll(complaints);
        }
        ACCOUNTS.nobodyIsLost();
    }

    @Test
    void a_joining_that_is_cut_off_leaves_both_as_they_were_and_succeeds_when_repeated() {
        var theirs = anju.people().logInWithWeChat(openId);
        var draft = ACCOUNTS.draft(accessToken(theirs));
        var mine = byPhone();
        var before = ACCOUNTS.residentId(accessToken(theirs));
        var id = UUID.fromString(ACCOUNTS.residentId(accessToken(mine)));
        var caller = InNameOf.resident(id);
        assertThatThrownBy(() -> Anju.await(anju.db()
                        .inTransaction(tx -> anju.domains()
                                .identity
                                .addWeChat(tx, caller, openId, anju.clock().instant())
                                .map(joined -> {
                                    throw new IllegalStateException("the process died");
                                }))))
                .hasMessage("the process died");
        assertThat(ACCOUNTS.residentId(accessToken(theirs))).isEqualTo(before);
        assertThat(ACCOUNTS.residentId(anju.people().logIn(openId))).isEqualTo(before);
        anju.http().get("/v1/applications/" + draft, accessToken(theirs)).expect(200);
        anju.http().get("/v1/applications/" + draft, accessToken(mine)).expect(404);

        post(WECHAT, accessToken(mine), Map.of("code", anju.people().weChatCode(openId)))
                .send()
                .expect(200);
        anju.http().get("/v1/applications/" + draft, accessToken(mine)).expect(200);
        ACCOUNTS.isOver(theirs);
    }

    private static ApiClient.Call post(String path, String token, Object body) {
        return anju.http().request("POST", path).token(token).body(body);
    }

    private Answer byPhone() {
        return ACCOUNTS.byPhone(phone);
    }

    private Map<String, String> proof() {
        return ACCOUNTS.proof(phone);
    }

    private static Answer bound(Answer session) {
        bind(accessToken(session)).send().expect(201);
        return session;
    }

    private static ApiClient.Call bind(String token) {
        var sequence = COUNT.incrementAndGet();
        var nationalId = People.nationalId(LocalDate.of(1969, 5, 6).plusDays(sequence), sequence);
        return post("/v1/me/identity", token, Map.of("realName", "赵试验", "nationalId", nationalId));
    }

    private static Map<String, Object> order(Map<String, Object> household) {
        return Map.of("cityCode", "370200", "programme", "public-rental", "household", household);
    }

    private static Answer complain(String token) {
        return anju.http().post("/v1/complaints", token, complaint());
    }

    private static Map<String, Object> complaint() {
        return Map.of(
                "cityCode", "370200",
                "kind", "complaint",
                "category", "application-handling",
                "areaCode", "370202001001",
                "text", "窗口排队时间过长，请改进。");
    }
}
