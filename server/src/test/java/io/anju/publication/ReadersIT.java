package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.sandbox.RegisterFill;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.Cases;
import io.anju.testing.Cases.Case;
import io.anju.testing.Desk;
import io.anju.testing.Offices;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A thousand readers at once on the day of a publication: they may wait, or be asked to come again, but whatever they are
 * told is whole, and every write beside them is done.
 */
class ReadersIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int READERS = 1_000;
    private static final int REQUESTS_OF_EACH = 3;
    private static final int WRITES = 12;
    private static final int HOUSEHOLDS = 1_500;
    private static final Set<Integer> SENT_AWAY = Set.of(429, 503);
    private static final String LIST = "/v1/waiting-lists/370200/public-rental";
    private static final String REGISTER = "/v1/staff/registrations";

    @SuppressWarnings("NullAway.Init")
    private static Case one;

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    @SuppressWarnings("NullAway.Init")
    private static String publication;

    @BeforeAll
    static void publishes() {
        var domains = anju.domains();
        one = Offices.of(anju, "370202001").register(new Cases(anju).handIn("370202001001"));
        var policy = Anju.await(domains.policy.inForce(
                domains.db, "370200", "public-rental", anju.clock().today()));
        new RegisterFill(domains.db, domains.vault, policy, 11, anju.clock().instant()).add(HOUSEHOLDS);
        city = Desk.of(anju, "city", "3702");
        anju.clock().advance(Duration.ofSeconds(1));
        publication = city.post(
                        "/v1/staff/publications",
                        Map.of("programme", "public-rental", "period", "R1", "reason", "批次公布"))
                .expect(202)
                .json()
                .path("publicationId")
                .asText();
        anju.runJobs();
    }

    @Test
    void a_thousand_readers_are_told_what_is_true_and_no_write_is_lost() throws IOException {
        var csv = download("csv");
        var json = download("json");
        var asked = asked(one.resident().token());
        var token = city.token();
        var targets = targets();
        var reading = new ArrayList<CompletableFuture<List<Answer>>>();
        for (int reader = 0; reader < READERS; reader++) {
            reading.add(read(asked, reader, REQUESTS_OF_EACH));
        }
        // one after the other, each while the crowd is there: what a member of staff does
        var written = new ArrayList<Answer>();
        for (var target : targets) {
            written.add(anju.http().post(REGISTER + '/' + target + "/freeze", token, freeze()));
        }
        var answers = reading.stream().flatMap(reader -> reader.join().stream()).toList();

        assertThat(written).hasSize(WRITES).allMatch(answer -> answer.status() == 200);
        assertThat(city.get(REGISTER + "?state=frozen&limit=100")
                        .expect(200)
                        .json()
                        .path("items"))
                .hasSize(WRITES);
        assertThat(answers).hasSize(READERS * REQUESTS_OF_EACH);
        assertThat(answers)
                .allMatch(answer ->
                        answer.status() == 200 || answer.status() == 304 || SENT_AWAY.contains(answer.status()));
        assertThat(answers.stream().filter(answer -> SENT_AWAY.contains(answer.status())))
                .allMatch(answer -> answer.headers().firstValue("Retry-After").isPresent());
        var files = answers.stream()
                .filter(answer -> answer.status() == 200
                        && answer.headers().firstValue("Content-Disposition").isPresent())
                .map(Answer::body)
                .toList();
        assertThat(files).isNotEmpty().allMatch(file -> Arrays.equals(file, csv) || Arrays.equals(file, json));
        assertThat(answers.stream().filter(answer -> answer.json().path("rank").asInt() > 0))
                .isNotEmpty()
                .allMatch(answer -> answer.json().path("rank").asInt() <= HOUSEHOLDS + 1);
        for (var file : List.of(csv, json)) {
            assertThat(Verifier.verify(new ByteArrayInputStream(file), null, one.receiptNumber())
                            .fault())
                    .isNull();
        }
    }

    @Test
    void a_reader_that_takes_its_time_gets_all_of_it_and_one_that_hangs_up_harms_nobody() throws Exception {
        var whole = download("csv");
        try (var slow = new SlowReader(anju.http().base());
                var rude = new SlowReader(anju.http().base())) {
            slow.ask("/v1/publications/" + publication + "/csv");
            rude.ask("/v1/publications/" + publication + "/csv");
            rude.readSome(1_000);
            rude.close();
            assertThat(download("csv")).isEqualTo(whole);
            assertThat(slow.readBody()).isEqualTo(whole);
        }
    }

    /** Requests of a crowd: look-ups, pages, one's own place, downloads that are known already, and whole ones. */
    private static List<ApiClient.Call> asked(String resident) {
        var http = anju.http();
        var calls = new ArrayList<ApiClient.Call>();
        for (int i = 0; i < 10; i++) {
            calls.add(http.request("GET", "/v1/receipts/" + one.receiptNumber()));
        }
        for (var part : List.of("", "?districtCode=370202", "?homeRooms=1", "?limit=100")) {
            calls.add(http.request("GET", LIST + "/entries" + part));
        }
        calls.add(http.request("GET", LIST + "/latest-publication"));
        calls.add(http.request("GET", one.path() + "/registration").token(resident));
        calls.add(http.request("GET", one.path() + "/proof").token(resident));
        for (var form : List.of("csv", "json")) {
            var path = "/v1/publications/" + publication + '/' + form;
            calls.add(http.request("GET", path).header("If-None-Match", "*"));
            calls.add(http.request("GET", path));
        }
        return calls;
    }

    private static CompletableFuture<List<Answer>> read(List<ApiClient.Call> asked, int number, int times) {
        var answers = asked.get(number % asked.size()).sendAsync().thenApply(answer -> List.of(answer));
        return times == 1
                ? answers
                : answers.thenCompose(
                        first -> read(asked, number * 31 + 7, times - 1).thenApply(rest -> {
                            var all = new ArrayList<>(first);
                            all.addAll(rest);
                            return all;
                        }));
    }

    private static List<String> targets() {
        var targets = new ArrayList<String>();
        city.get(REGISTER + "?limit=" + WRITES)
                .expect(200)
                .json()
                .path("items")
                .forEach(item -> targets.add(item.path("registrationId").asText()));
        return targets;
    }

    private static Map<String, Object> freeze() {
        var body = new HashMap<String, Object>(
                Map.of("finding", "经核实情况属实", "basis", "《办法》第十七条", "evidenceNumber", "T-1", "remedy", "可申请行政复议"));
        body.put("freezeType", "other");
        body.put("frozenFrom", anju.clock().today().toString());
        return body;
    }

    private static byte[] download(String form) {
        return anju.http()
                .get("/v1/publications/" + publication + '/' + form)
                .expect(200)
                .body();
    }
}
