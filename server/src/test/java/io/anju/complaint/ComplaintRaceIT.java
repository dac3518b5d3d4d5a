package io.anju.complaint;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.complaint.Filings.Filed;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.Cases;
import io.anju.testing.Desk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Things that happen to one complaint at once: one of them wins, and everybody is told which. */
class ComplaintRaceIT {
    /** Residents who complain about one notice at the same time. */
    private static final int CROWD = Integer.getInteger("anju.complaints.crowd", 1_000);

    private static final int AT_ONCE = 64;

    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Filings filings = new Filings(anju);

    @RepeatedTest(10)
    void an_answer_and_a_withdrawal_at_once() {
        var desk = filings.handler();
        var filed = filings.file("complaint", "rent-and-fees");
        Filings.accept(desk, filed).expect(200);
        var answers = race(
                staff(desk, filed, "reply", Map.of("text", "已退还。")),
                resident(filed, "withdrawal", Map.of("reason", "solved")));
        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 409);
        assertThat(filings.state(filed)).isEqualTo(answers.get(0).status() == 200 ? "answered" : "withdrawn");
        assertThat(filings.kinds(filed)).hasSize(3);
    }

    @RepeatedTest(10)
    void two_acceptances_at_once() {
        var filed = filings.file("petition", "application-handling");
        var answers = race(
                staff(filings.handler(), filed, "acceptance", Map.of("accepted", true)),
                staff(filings.handler(), filed, "acceptance", Map.of("accepted", true)));
        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 409);
        assertThat(filings.kinds(filed)).containsExactly("filed", "accepted");
    }

    @RepeatedTest(5)
    void two_extensions_at_once() {
        var filed = filings.file("complaint", "rent-and-fees");
        Filings.accept(filings.handler(), filed).expect(200);
        var body = Map.of("reason", "complex", "text", "情况复杂");
        var answers = race(
                staff(filings.supervision(), filed, "extension", body),
                staff(filings.supervision(), filed, "extension", body));
        assertThat(answers.stream().map(Answer::status)).containsExactlyInAnyOrder(200, 409);
    }

    @RepeatedTest(5)
    void everybody_who_joins_at_once_counts_once() {
        var first = filings.file("repair", "home-repair");
        var calls = new ArrayList<ApiClient.Call>();
        for (int i = 0; i < 8; i++) {
            var token = filings.resident().token();
            // twice each, with keys of their own
            calls.add(join(first, token));
            calls.add(join(first, token));
        }
        assertThat(race(calls.toArray(ApiClient.Call[]::new))).allMatch(answer -> answer.status() == 200);
        assertThat(filings.get(first).json().at("/complaint/supporters").asInt())
                .isEqualTo(8);
    }

    /** Each asks twice, as somebody does whose first answer was slow; nobody is lost and nobody counts twice. */
    @Test
    void a_thousand_join_one_complaint_over_64_connections() {
        var first = filings.file("repair", "home-repair");
        var people = throughDoor(IntStream.range(0, CROWD)
                        .<Supplier<CompletableFuture<Answer>>>mapToObj(i -> () -> logIn())
                        .toList())
                .stream()
                .map(answer -> answer.expect(201).json().path("accessToken").asText())
                .toList();
        var asked = new ArrayList<Supplier<CompletableFuture<Answer>>>();
        for (int i = 0; i < 2 * CROWD; i++) {
            var call = join(first, people.get(i % CROWD)).key(UUID.randomUUID().toString());
            asked.add(call::sendAsync);
        }
        Collections.shuffle(asked);
        assertThat(throughDoor(asked)).allMatch(answer -> answer.status() == 200);
        assertThat(filings.get(first).json().at("/complaint/supporters").asInt())
                .isEqualTo(CROWD);
        var kept = Anju.await(anju.db()
                .find(
                        "SELECT count(*) AS joined FROM complaint.supporter WHERE complaint_id = $1",
                        row -> row.getLong("joined"),
                        UUID.fromString(first.id())));
        assertThat(kept).hasValue((long) CROWD);
        assertThat(anju.http()
                        .get(Filings.MINE, people.get(CROWD - 1))
                        .expect(200)
                        .toString())
                .contains(first.id());
    }

    private static CompletableFuture<Answer> logIn() {
        return anju.http()
                .request("POST", "/v1/sessions/wechat")
                .body(Map.of("code", anju.people().weChatCode()))
                .sendAsync();
    }

    /** All of them, {@value #AT_ONCE} at a time; whoever is turned away for the moment (503) comes again. */
    private static List<Answer> throughDoor(List<Supplier<CompletableFuture<Answer>>> calls) {
        var door = new Semaphore(AT_ONCE);
        var sent = calls.stream()
                .map(call -> {
                    door.acquireUninterruptibly();
                    return call.get().whenComplete((answer, failure) -> door.release());
                })
                .toList();
        var answers = new ArrayList<Answer>();
        for (int i = 0; i < calls.size(); i++) {
            var answer = sent.get(i).join();
            for (int again = 0; answer.status() == 503 && again < 200; again++) {
                answer = calls.get(i).get().join();
            }
            answers.add(answer);
        }
        return answers;
    }

    @Test
    void a_thousand_complaints_at_once_about_one_notice() {
        var one = new Cases(anju).handIn("370202001001");
        var street = Desk.of(anju, "street", "370202001");
        street.approve(one).expect(200);
        var notice = street.publish("street-publicity").expect(201).json();
        var body = Filings.body("complaint", "publicity-notice", null);
        body.put(
                "subject",
                Map.of(
                        "type",
                        "notice",
                        "subjectId",
                        notice.at("/notice/noticeId").asText()));
        // tokens of few residents would meet the limit of open ones; each files twenty at most
        var tokens = Stream.generate(() -> filings.resident().token())
                .limit(CROWD / 20 + 1)
                .toList();
        var taken = new ArrayList<Answer>();
        var left = IntStream.range(0, CROWD)
                .mapToObj(i -> new Sending(tokens.get(i % tokens.size()), UUID.randomUUID()))
                .toList();
        // whoever is turned away for the moment (503) sends the same request again
        for (int round = 0; !left.isEmpty() && round < 200; round++) {
            var sent = left.stream()
                    .map(sending -> anju.http()
                            .request("POST", Filings.MINE)
                            .token(sending.token())
                            .key(sending.key().toString())
                            .body(body)
                            .sendAsync())
                    .toList();
            var again = new ArrayList<Sending>();
            for (int i = 0; i < left.size(); i++) {
                var answer = sent.get(i).join();
                if (answer.status() == 503) {
                    again.add(left.get(i));
                } else {
                    taken.add(answer.expect(201));
                }
            }
            left = again;
        }
        assertThat(taken).hasSize(CROWD);
        var numbers = taken.stream()
                .map(answer -> answer.json().at("/complaint/number").asText())
                .distinct();
        assertThat(numbers.count()).isEqualTo(CROWD);
        var kept = Anju.await(anju.db()
                        .find("""
                                SELECT count(*) AS kept, count(DISTINCT k.id) AS clocks, count(DISTINCT e.id) AS events
                                  FROM complaint.complaint AS c
                                  JOIN complaint.clock AS k ON k.complaint_id = c.id AND k.ended_on IS NULL
                                  JOIN complaint.event AS e ON e.complaint_id = c.id
                                 WHERE c.category = 'publicity-notice'
                                """, row -> List.of(row.getLong("kept"), row.getLong("clocks"), row.getLong("events"))))
                .orElseThrow();
        assertThat(kept).allMatch(count -> count == CROWD);
        // whoever comes after them is shown the likely ones
        var next = anju.http()
                .post(Filings.MINE, filings.resident().token(), body)
                .expect(201)
                .json()
                .path("similar");
        assertThat(next).hasSize(5).allMatch(like -> !like.path("own").asBoolean());
        assertThat(taken.stream().filter(answer -> answer.json().path("similar").size() > 0))
                .as("and most of them were shown some of the others")
                .hasSizeGreaterThan(CROWD / 2);
        // and one of them is answered as always
        var filed = new Filed(taken.get(0).json().at("/complaint/complaintId").asText(), filings.resident());
        var desk = filings.handler();
        Filings.accept(desk, filed).expect(200);
        Filings.reply(desk, filed).expect(200);
    }

    private record Sending(String token, UUID key) {}

    private static List<Answer> race(ApiClient.Call... calls) {
        var sent = Stream.of(calls).map(ApiClient.Call::sendAsync).toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    private static ApiClient.Call staff(Desk desk, Filed filed, String what, Map<String, ?> body) {
        return anju.http()
                .request("POST", filed.work() + "/" + what)
                .token(desk.token())
                .body(body);
    }

    private static ApiClient.Call resident(Filed filed, String what, Map<String, ?> body) {
        return anju.http()
                .request("POST", filed.path() + "/" + what)
                .token(filed.resident().token())
                .body(body);
    }

    private static ApiClient.Call join(Filed filed, String token) {
        return anju.http().request("POST", filed.path() + "/supporters").token(token);
    }
}
