package io.anju.waitinglist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.http.Caller;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A household that was taken over from an earlier register belongs to its applicant's account, and to no other. */
class AccountTiesIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final String OWN = "/v1/me/registrations";
    /** Of the register's rows, whose applicants are nobody yet. */
    private static final int FIRST = 800_000;

    private static final int EARLY = FIRST + 10;

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    private static final String EARLY_LOG_IN = "o-early";

    @BeforeAll
    static void takesARegisterOver() {
        city = Desk.of(anju, "city", "3702");
        bind(anju.people().logIn(EARLY_LOG_IN), EARLY).expect(201);
        takeOver(FIRST, 8);
        takeOver(EARLY, 1);
    }

    @Test
    void whoever_binds_the_applicants_identity_sees_place_proof_and_moves() {
        var me = anju.people().resident();
        assertThat(own(me)).isEmpty();
        bind(me, FIRST).expect(201);
        var one = own(me).get(0);
        assertThat(own(me)).hasSize(1);
        assertThat(one.path("applicationId")).isEqualTo(one.path("registrationId"));
        var place = read(me, one).expect(200).json();
        assertThat(place.path("receiptNumber")).isEqualTo(one.path("receiptNumber"));
        assertThat(place.at("/standing/rank").asInt()).isPositive();
        assertThat(place.at("/standing/scoreItems")).isNotEmpty();

        var publication = publish();
        var proof = anju.http()
                .get(path(one) + "/proof?publicationId=" + publication, me)
                .expect(200)
                .json();
        assertThat(proof.path("row").asText())
                .contains(one.path("receiptNumber").asText());
        assertThat(audited(one)).containsExactly("registration.account-tied resident");
    }

    @Test
    void the_moves_are_told_on_the_next_visit() {
        var id = Registers.id(FIRST + 5, 1);
        var openId = "o-" + id;
        var me = anju.people().logIn(openId);
        bind(me, FIRST + 5).expect(201);
        var one = own(me).get(0);
        var before = read(me, one).expect(200).json().at("/standing/rank").asInt();
        var first = city.get("/v1/waiting-lists/370200/public-rental/entries?limit=1")
                .expect(200)
                .json()
                .at("/items/0/receiptNumber")
                .asText();
        assertThat(first).isNotEqualTo(one.path("receiptNumber").asText());
        var listed = city.get("/v1/staff/registrations?receiptNumber=" + first)
                .expect(200)
                .json();
        city.post(
                        "/v1/staff/registrations/"
                                + listed.at("/items/0/registrationId").asText() + "/exit",
                        Facts.reason(
                                "exitType",
                                "housed",
                                "occurredOn",
                                anju.clock().today().toString()))
                .expect(200);
        anju.clock().advance(Duration.ofDays(1));
        var moved = read(anju.people().logIn(openId), one).expect(200).json().path("movements");
        assertThat(moved.path("rankBefore").asInt()).isEqualTo(before);
        assertThat(moved.path("rankNow").asInt()).isEqualTo(before - 1);
        assertThat(moved.at("/reasons/0/text").asText()).isEqualTo("前面有 1 户已获配租");
    }

    @Test
    void whoever_had_an_account_before_the_import_finds_the_household_there() {
        var early = anju.people().logIn(EARLY_LOG_IN);
        assertThat(own(early)).hasSize(1);
        read(early, own(early).get(0)).expect(200);
        assertThat(audited(own(early).get(0))).containsExactly("registration.account-tied system");
    }

    @Test
    void another_member_and_a_stranger_get_nothing() {
        var applicant = anju.people().resident();
        bind(applicant, FIRST + 1).expect(201);
        var one = own(applicant).get(0);
        var spouse = anju.people().resident("李小兰", Registers.id(FIRST + 1, 2));
        var stranger = anju.people().resident("赵无关", Registers.id(FIRST + 100, 1));
        for (var other : List.of(spouse, stranger, anju.people().resident())) {
            assertThat(own(other)).isEmpty();
            read(other, one).expect(404);
            anju.http().get(path(one) + "/proof", other).expect(404);
        }
        read(applicant, one).expect(200);
    }

    @Test
    void a_second_account_of_the_same_person_is_refused_and_gets_nothing() {
        var first = anju.people().resident();
        bind(first, FIRST + 2).expect(201);
        var second = anju.people().resident();
        bind(second, FIRST + 2).expect(409);
        assertThat(own(second)).isEmpty();
        bind(first, FIRST + 3).expect(409);
        assertThat(own(first)).hasSize(1);
    }

    @Test
    void of_many_who_bind_the_same_person_at_once_one_gets_the_household() {
        var tokens = Stream.generate(() -> anju.people().resident()).limit(8).toList();
        var racing = tokens.stream()
                .map(token -> anju.http()
                        .request("POST", "/v1/me/identity")
                        .token(token)
                        .body(identity(FIRST + 4))
                        .sendAsync())
                .toList();
        var statuses =
                racing.stream().map(CompletableFuture::join).map(Answer::status).toList();
        assertThat(statuses).containsOnlyOnce(201);
        assertThat(tokens.stream().map(AccountTiesIT::own).filter(found -> !found.isEmpty()))
                .hasSize(1);
        assertThat(ties(FIRST + 4)).isEqualTo(1);
    }

    @Test
    void the_job_ties_again_what_is_tied_already_to_nobody_else() {
        var before = ties(EARLY);
        var ties = new AccountTies(anju.db());
        Anju.await(anju.db()
                .inTransaction(tx -> ties.bound(
                        tx,
                        Caller.SYSTEM,
                        UUID.randomUUID(),
                        anju.domains().identity.personIndex(Registers.id(EARLY, 1)),
                        anju.clock().instant())));
        assertThat(before).isEqualTo(1);
        assertThat(ties(EARLY)).isEqualTo(1);
        assertThat(own(anju.people().logIn(EARLY_LOG_IN))).hasSize(1);
    }

    private static void takeOver(int from, int households) {
        var file = Registers.text(StandardCharsets.UTF_8, Registers.rows(from, households));
        var started = anju.http()
                .request("POST", "/v1/staff/registration-imports?programme=public-rental")
                .token(city.token())
                .bytes("application/octet-stream", file)
                .send()
                .expect(202)
                .json();
        anju.runJobs();
        var done = city.get("/v1/staff/registration-imports/"
                        + started.path("importId").asText())
                .expect(200)
                .json();
        assertThat(done.path("entered").asInt()).isEqualTo(households);
        // what follows an import is queued by it
        anju.runJobs();
    }

    private static String publish() {
        anju.clock().advance(Duration.ofSeconds(1));
        var asked = city.post(
                        "/v1/staff/publications",
                        Map.of("programme", "public-rental", "period", "T1", "reason", "批次公布"))
                .expect(202)
                .json();
        anju.runJobs();
        return asked.path("publicationId").asText();
    }

    private static Answer bind(String token, int row) {
        return anju.http().post("/v1/me/identity", token, identity(row));
    }

    private static Map<String, String> identity(int row) {
        return Map.of("realName", "王晓某", "nationalId", Registers.id(row, 1));
    }

    private static List<JsonNode> own(String token) {
        var items = anju.http().get(OWN, token).expect(200).json().path("items");
        return Stream.iterate(0, i -> i < items.size(), i -> i + 1)
                .map(items::get)
                .toList();
    }

    private static Answer read(String token, JsonNode one) {
        return anju.http().get(path(one) + "/registration", token);
    }

    private static String path(JsonNode one) {
        return "/v1/applications/" + one.path("applicationId").asText();
    }

    private static List<String> audited(JsonNode one) {
        return Anju.await(anju.db()
                .list(
                        "SELECT action, actor_kind FROM platform.audit WHERE subject_id = $1",
                        row -> row.getString("action") + " " + row.getString("actor_kind"),
                        UUID.fromString(one.path("registrationId").asText())));
    }

    private static int ties(int row) {
        var person = Buffer.buffer(anju.domains().identity.personIndex(Registers.id(row, 1)));
        return Anju.await(anju.db().find("""
                                SELECT count(*)::integer
                                  FROM waitinglist.household_account a
                                  JOIN waitinglist.imported_household h USING (registration_id)
                                 WHERE h.applicant_index = $1
                                """, found -> found.getInteger(0), person))
                .orElseThrow();
    }
}
