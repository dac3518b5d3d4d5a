package io.anju.identity;

import static io.anju.identity.JoinedAccounts.accessToken;
import static io.anju.identity.JoinedAccounts.atOnce;
import static io.anju.identity.JoinedAccounts.complain;
import static io.anju.testing.PaperAccounts.BIND;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.PaperAccounts;
import io.anju.testing.PaperAccounts.OnPaper;
import io.anju.testing.Tenancies;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has an account on paper and logs in for the first time goes on with it, whatever happens at that moment. */
class PaperAccountIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final PaperAccounts PAPER = new PaperAccounts(anju);
    private static final JoinedAccounts ACCOUNTS = new JoinedAccounts(anju);

    /** How often two things are done at the same time. */
    private static final int RACES = 5;

    private final String openId = "o" + UUID.randomUUID();

    @Test
    void what_was_done_on_paper_and_what_was_begun_since_is_of_one_account() {
        var person = PAPER.open();
        var account = PAPER.accountOf(person);
        var onPaper = PAPER.draft(person);
        var lease = let(person);
        var complaintOnPaper = complain(PAPER.as(person, "POST", "/v1/complaints"));

        var session = anju.people().logInWithWeChat(openId);
        var begun = ACCOUNTS.draft(accessToken(session));
        var complaint = complain(anju.http().request("POST", "/v1/complaints").token(accessToken(session)));
        var bound = bind(accessToken(session), person).send().expect(201).json();
        assertThat(bound.path("logInAgain").asBoolean()).isTrue();
        ACCOUNTS.isOver(session);

        var me = anju.people().logIn(openId);
        var own = anju.http().get("/v1/me", me).expect(200).json();
        assertThat(own.path("residentId").asText()).isEqualTo(account.toString());
        assertThat(own.at("/identity/boundAt")).isEqualTo(bound.path("boundAt"));
        for (String application : List.of(onPaper, begun)) {
            anju.http().get("/v1/applications/" + application, me).expect(200);
        }
        assertThat(ids("/v1/complaints", me, "complaintId")).contains(complaintOnPaper, complaint);
        assertThat(ids("/v1/me/leases", me, "leaseId")).containsExactly(lease);
        assertThat(ids("/v1/me/bills", me, "billId")).isNotEmpty();
        assertThat(ids("/v1/me/proxies", me, "proxyId")).contains(person.mandate());
        PAPER.as(person, "GET", "/v1/applications/" + begun).send().expect(200);
        assertThat(audited(account)).containsExactly("identity.opened", "identity.taken-over");
        ACCOUNTS.nobodyIsLost();
    }

    @Test
    void whoever_lost_the_answer_logs_in_and_asks_again() {
        var person = PAPER.open();
        var key = UUID.randomUUID().toString();
        var number = ACCOUNTS.phone();
        var first = bind(byPhone(number), person).key(key).send().expect(201).json();
        var me = byPhone(number);
        for (String repeated : List.of(key, key, UUID.randomUUID().toString())) {
            var again = bind(me, person).key(repeated).send().expect(201).json();
            assertThat(again.path("boundAt")).isEqualTo(first.path("boundAt"));
            assertThat(again.has("logInAgain")).isFalse();
        }
        assertThat(audited(PAPER.accountOf(person))).containsExactly("identity.opened", "identity.taken-over");
    }

    /** The same proof as for any account, and no more is told about one on paper than about one that logs in. */
    @Test
    void nobody_takes_it_over_with_another_name_or_number_or_twice() {
        var person = PAPER.open();
        var stranger = anju.people().logIn("o" + UUID.randomUUID());
        anju.http()
                .post(BIND, stranger, Map.of("realName", "别的人", "nationalId", person.nationalId()))
                .expect(409, "person-has-account");
        var other = PAPER.unknown();
        bind(stranger, other).send().expect(201);
        bind(stranger, person).send().expect(409, "identity-already-bound");

        bind(anju.people().logIn(openId), person).send().expect(201);
        bind(anju.people().resident(), person).send().expect(409, "person-has-account");
        var owner = anju.people().logIn(openId);
        bind(owner, PAPER.unknown()).send().expect(409, "identity-already-bound");
        assertThat(ACCOUNTS.residentId(owner)).isEqualTo(PAPER.accountOf(person).toString());
        for (String reader : List.of(stranger, anju.people().resident())) {
            assertThat(ids("/v1/applications", reader, "id")).isEmpty();
        }
    }

    @Test
    void of_many_who_bind_the_person_at_once_one_takes_it_over() {
        for (int i = 0; i < RACES; i++) {
            var person = PAPER.open();
            var onPaper = PAPER.draft(person);
            var openIds =
                    Stream.generate(() -> "o" + UUID.randomUUID()).limit(6).toList();
            var tokens = openIds.stream().map(anju.people()::logIn).toList();
            var drafts = tokens.stream().map(ACCOUNTS::draft).toList();
            var answers =
                    atOnce(tokens.stream().map(token -> bind(token, person)).toList());
            assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
            for (int one = 0; one < openIds.size(); one++) {
                var again = anju.people().logIn(openIds.get(one));
                var won = answers.get(one).status() == 201;
                if (!won) {
                    assertThat(answers.get(one).code()).isEqualTo("person-has-account");
                }
                anju.http().get("/v1/applications/" + drafts.get(one), again).expect(200);
                anju.http().get("/v1/applications/" + onPaper, again).expect(won ? 200 : 404);
            }
        }
        ACCOUNTS.nobodyIsLost();
    }

    /** Whichever comes first opens or binds the account, and the other finds it. */
    @Test
    void an_office_that_opens_it_at_that_moment_and_its_owner_have_one_account() {
        var random = new Random(20260304);
        for (int i = 0; i < RACES; i++) {
            var person = PAPER.unknown();
            var wechat = "o" + UUID.randomUUID();
            var calls = List.of(bind(anju.people().logIn(wechat), person), PAPER.record(person));
            var first = random.nextInt(2);
            var answers = atOnce(List.of(calls.get(first), calls.get(1 - first)));
            assertThat(answers).as("round " + i).allMatch(answer -> answer.status() == 201);
            var approved = PAPER.approved(person, answers.get(1 - first).json());
            var onPaper = PAPER.draft(approved);
            var me = anju.people().logIn(wechat);
            assertThat(ACCOUNTS.residentId(me))
                    .isEqualTo(PAPER.accountOf(person).toString());
            anju.http().get("/v1/applications/" + onPaper, me).expect(200);
        }
        ACCOUNTS.nobodyIsLost();
    }

    @Test
    void what_a_proxy_files_at_that_moment_and_what_the_owner_begins_is_left_behind_nowhere() {
        for (int i = 0; i < RACES; i++) {
            var person = PAPER.open();
            var wechat = "o" + UUID.randomUUID();
            var mine = anju.people().logIn(wechat);
            var answers = atOnce(List.of(
                    bind(mine, person),
                    PAPER.as(person, "POST", "/v1/applications").body(PAPER.order()),
                    anju.http().request("POST", "/v1/applications").token(mine).body(PAPER.order()),
                    PAPER.record(person)));
            answers.get(0).expect(201);
            answers.get(1).expect(201);
            assertThat(answers.get(2).status()).isIn(201, 401);
            answers.get(3).expect(201);
            anju.runJobs();
            var me = anju.people().logIn(wechat);
            for (Answer begun : answers.subList(1, 3)) {
                if (begun.status() == 201) {
                    var id = begun.json().path("id").asText();
                    anju.http().get("/v1/applications/" + id, me).expect(200);
                }
            }
        }
        ACCOUNTS.nobodyIsLost();
    }

    @Test
    void an_account_that_is_joined_to_another_at_that_moment_takes_over_or_is_joined_and_loses_nothing() {
        for (int i = 0; i < RACES; i++) {
            var person = PAPER.open();
            var number = ACCOUNTS.phone();
            var theirs = byPhone(number);
            var begun = ACCOUNTS.draft(theirs);
            var mine = anju.people().logIn("o" + UUID.randomUUID());
            var proof = ACCOUNTS.proof(number);
            var answers = atOnce(List.of(
                    bind(theirs, person),
                    anju.http()
                            .request("POST", "/v1/me/log-in-methods/phone")
                            .token(mine)
                            .body(proof)));
            var took = answers.get(0).status() == 201;
            assertThat(answers.get(1).status()).as("round " + i).isEqualTo(took ? 409 : 200);
            var owner = byPhone(number);
            anju.http().get("/v1/applications/" + begun, owner).expect(200);
            assertThat(ACCOUNTS.residentId(owner).equals(PAPER.accountOf(person).toString()))
                    .isEqualTo(took);
        }
        ACCOUNTS.nobodyIsLost();
    }

    private static String let(OnPaper person) {
        var tenancies = new Tenancies(anju, Desk.of(anju, "city", "3702"));
        var lease = tenancies.let(
                Letting.QINGDAO,
                new Tenancies.Tenant(person.name(), person.nationalId(), "without an account of theirs"));
        tenancies.bill("affordable-rental", YearMonth.from(anju.clock().today()));
        return lease;
    }

    private static ApiClient.Call bind(String token, OnPaper person) {
        return anju.http().request("POST", BIND).token(token).body(person.identity());
    }

    private static String byPhone(String number) {
        return accessToken(ACCOUNTS.byPhone(number));
    }

    private static List<String> ids(String path, String token, String field) {
        return anju.http().get(path, token).expect(200).json().findValuesAsText(field);
    }

    private static List<String> audited(UUID account) {
        return Anju.await(anju.db()
                .list(
                        "SELECT action FROM platform.audit WHERE subject_id = $1 AND action LIKE 'identity.%'"
                                + " ORDER BY id",
                        row -> row.getString("action"), account));
    }
}
