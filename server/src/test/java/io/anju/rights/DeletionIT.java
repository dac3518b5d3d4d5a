package io.anju.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.http.InNameOf;
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

/** The end of an account: what goes, what stays, and that nothing is ever half gone. */
class DeletionIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String DELETION = "/v1/me/deletion";

    private final String openId = "o" + UUID.randomUUID();
    private final String nationalId = People.nationalId(LocalDate.of(1977, 7, 7), 500 + COUNT.incrementAndGet());

    @Test
    void erases_the_person_the_ways_in_and_the_drafts_and_ends_every_session() {
        var token = bound();
        var elsewhere = anju.people().logIn(openId);
        draft(token).expect(201);
        var id = residentId(token);
        var gone = delete(token).expect(200).json();
        assertThat(gone.path("kept"))
                .extracting(kept -> kept.path("kind").asText())
                // of the draft the bare number and its days
                .containsExactlyInAnyOrder("account", "sessions", "applications", "timeline", "records");
        assertThat(gone.path("kept").findValuesAsText("law")).anyMatch(law -> law.contains("网络安全法"));

        anju.http().get("/v1/me", token).expect(401);
        anju.http().get("/v1/me", elsewhere).expect(401);
        delete(token).expect(401);
        assertThat(count("SELECT count(*) FROM identity.log_in_method WHERE resident_id = $1", id))
                .isZero();
        assertThat(count("SELECT count(*) FROM identity.resident WHERE id = $1 AND sealed_name IS NOT NULL", id))
                .isZero();
        assertThat(count(
                        "SELECT count(*) FROM application.draft d JOIN application.application a"
                                + " ON a.id = d.application_id WHERE a.resident_id = $1",
                        id))
                .isZero();
        assertThat(count("SELECT count(*) FROM platform.idempotency WHERE scope = 'RESIDENT:' || $1::uuid", id))
                .isEqualTo(1); // that of the deletion itself

        // the person may come again, with nothing of what was
        var again = bound();
        assertThat(residentId(again)).isNotEqualTo(id);
        assertThat(anju.http().get("/v1/applications", again).expect(200).json().path("items"))
                .isEmpty();
    }

    @Test
    void is_refused_while_an_application_is_under_way_and_names_it() {
        var one = new Cases(anju).handIn("370202001001");
        var problem =
                delete(one.resident().token()).expect(409, "account-in-use").json();
        assertThat(problem.path("detail").asText()).contains("applications");
        anju.http()
                .post(one.path() + "/withdrawal", one.resident().token(), Map.of("reason", "不再申请"))
                .expect(200);
        var gone = delete(one.resident().token()).expect(200).json();
        assertThat(gone.path("kept")).anySatisfy(kept -> {
            assertThat(kept.path("kind").asText()).isEqualTo("applications");
            assertThat(kept.path("count").asInt()).isEqualTo(1);
            assertThat(kept.path("until").asText()).isGreaterThan("2050");
        });
    }

    @Test
    void twice_at_once_is_once() {
        var token = bound();
        var answers = Stream.generate(
                        () -> anju.http().request("POST", DELETION).token(token))
                .limit(6)
                .map(call -> call.sendAsync())
                .toList()
                .stream()
                .map(answer -> answer.join().status())
                .toList();
        assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 401).hasSize(5);
    }

    @Test
    void leaves_nothing_half_done_where_it_is_cut_off() {
        var token = bound();
        draft(token).expect(201);
        var id = UUID.fromString(residentId(token));
        var caller = InNameOf.resident(id);
        var deletions = new DeletionService(anju.domains().identity, anju.domains().residentFiles);
        assertThatThrownBy(() -> Anju.await(anju.db()
                        .inTransaction(tx -> deletions
                                .delete(tx, caller, anju.clock().instant())
                                .map(deleted -> {
                                    throw new IllegalStateException("the process died");
                                }))))
                .hasMessage("the process died");
        anju.http().get("/v1/me", token).expect(200);
        assertThat(anju.http().get("/v1/applications", token).expect(200).json().path("items"))
                .hasSize(1);
        delete(token).expect(200);
    }

    @Test
    void takes_a_recent_log_in() {
        var session = session();
        anju.clock().advance(Duration.ofMinutes(31));
        var refreshed = anju.http()
                .post(
                        "/v1/sessions/refresh",
                        null,
                        Map.of("refreshToken", session.path("refreshToken").asText()))
                .expect(200)
                .json();
        delete(refreshed.path("accessToken").asText()).expect(403, "log-in-again");
    }

    @Test
    void drafts_that_were_begun_beside_the_end_of_their_account_are_found_and_mended() {
        var gone = bound();
        var goneId = residentId(gone);
        draft(gone).expect(201);
        var left = anju.people().resident();
        var leftId = residentId(left);
        draft(left).expect(201);
        // as a server of before the account was locked could leave them behind
        execute("UPDATE identity.resident SET person_index = NULL, sealed_name = NULL, sealed_national_id = NULL,"
                + " bound_at = NULL, deleted_at = now() WHERE id = '" + goneId + "'");
        var target = residentId(bound2());
        execute("UPDATE identity.resident SET merged_into = '" + target + "', merged_at = now() WHERE id = '" + leftId
                + "'");
        anju.clock().advance(Duration.ofHours(2));
        anju.runJobs();
        assertThat(count("SELECT count(*) FROM application.application WHERE resident_id = $1", leftId))
                .isZero();
        assertThat(count("SELECT count(*) FROM application.application WHERE resident_id = $1", target))
                .isEqualTo(1);
        assertThat(count(
                        "SELECT count(*) FROM application.application WHERE resident_id = $1 AND state = 'draft'",
                        goneId))
                .isZero();
    }

    private static Answer delete(String token) {
        return anju.http().post(DELETION, token, null);
    }

    private static Answer draft(String token) {
        return anju.http()
                .post(
                        "/v1/applications",
                        token,
                        Map.of(
                                "cityCode", "370200",
                                "programme", "public-rental",
                                "household", new Cases(anju).household("370202001001")));
    }

    private String bound() {
        var token = anju.people().logIn(openId);
        anju.http()
                .post("/v1/me/identity", token, Map.of("realName", "注销者", "nationalId", nationalId))
                .expect(201);
        return token;
    }

    private static String bound2() {
        return anju.people()
                .resident("留下者", People.nationalId(LocalDate.of(1978, 8, 8), 500 + COUNT.incrementAndGet()));
    }

    private JsonNode session() {
        return anju.people().logInWithWeChat(openId).json();
    }

    private static String residentId(String token) {
        return anju.http()
                .get("/v1/me", token)
                .expect(200)
                .json()
                .path("residentId")
                .asText();
    }

    private static long count(String query, String id) {
        return Anju.await(anju.db().find(query, row -> row.getLong(0), UUID.fromString(id)))
                .orElseThrow();
    }

    private static void execute(String statement) {
        Anju.await(anju.db().execute(statement));
    }
}
