package io.anju.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.cli.Door;
import io.anju.platform.db.DbAddress;
import io.anju.sandbox.RegisterFill;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.TestDatabases;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A download that is cut off in the middle, between the client and the server or between the server and the database: it
 * never looks whole, and whoever asks again gets the same bytes.
 */
class CutDownloadIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final Door TO_DATABASE = Door.open(VERTX);
    private static final Door TO_SERVER = Door.open(VERTX);

    @SuppressWarnings("NullAway.Init")
    private static DbAddress database;

    /** After the server, which looks into its books when it ends. */
    @Order(1)
    @RegisterExtension
    static final AfterAllCallback DOORS = context -> {
        TestDatabases.drop(database);
        Anju.await(VERTX.close());
    };

    @Order(2)
    @RegisterExtension
    static final Anju anju = Anju.server().on(CutDownloadIT::behindTheDoor);

    /** Several times what lies on the way from the database to a client that does not read. */
    private static final int HOUSEHOLDS = 12_000;

    private static final int SOME_BYTES = 2_000;

    @SuppressWarnings("NullAway.Init")
    private static Desk city;

    private static int published;

    private static DbAddress behindTheDoor() {
        database = TestDatabases.fresh();
        TO_DATABASE.leadTo(database.port());
        return new DbAddress(
                "127.0.0.1", TO_DATABASE.port(), database.database(), database.user(), database.password());
    }

    @BeforeAll
    static void fill() {
        var domains = anju.domains();
        var policy = Anju.await(domains.policy.inForce(
                domains.db, "370200", "public-rental", anju.clock().today()));
        new RegisterFill(domains.db, domains.vault, policy, 23, anju.clock().instant()).add(HOUSEHOLDS);
        TO_SERVER.leadTo(anju.http().base().getPort());
        city = Desk.of(anju, "city", "3702");
    }

    /** A new one, of which the server has read nothing yet. */
    private static String publish() {
        anju.clock().advance(Duration.ofSeconds(1));
        var path = "/v1/publications/"
                + city.post(
                                "/v1/staff/publications",
                                Map.of("programme", "public-rental", "period", "C" + ++published, "reason", "批次公布"))
                        .expect(202)
                        .json()
                        .path("publicationId")
                        .asText();
        anju.runJobs();
        return path;
    }

    @Test
    void a_client_that_was_cut_off_asks_again_for_the_same_bytes() throws Exception {
        for (var form : List.of("/csv", "/json")) {
            var path = publish() + form;
            try (var reader = new SlowReader(URI.create("http://127.0.0.1:" + TO_SERVER.port()))) {
                reader.ask(path);
                reader.readPart(SOME_BYTES);
                TO_SERVER.shut();
                assertThatThrownBy(reader::readBody).isInstanceOf(IOException.class);
            } finally {
                TO_SERVER.openAgain();
            }
            var whole = anju.http().get(path).expect(200);
            assertThat(whole.headers().firstValue("Accept-Ranges")).isEmpty();
            // no part is given: whoever asks for the rest is given all of it
            var rest = anju.http()
                    .request("GET", path)
                    .header("Range", "bytes=" + SOME_BYTES + "-")
                    .header("If-Range", whole.etag())
                    .send()
                    .expect(200);
            assertThat(rest.etag()).isEqualTo(whole.etag());
            isWhole(rest.body(), whole.body());
            isWhole(anju.another().get(path).expect(200).body(), whole.body());
            anju.http()
                    .request("GET", path)
                    .header("If-None-Match", whole.etag())
                    .send()
                    .expect(304);
        }
    }

    @Test
    void a_database_that_is_out_of_reach_for_a_moment_changes_no_byte() throws Exception {
        var path = publish() + "/csv";
        try (var reader = new SlowReader(anju.http().base())) {
            reader.ask(path);
            reader.readPart(SOME_BYTES);
            int before = TO_DATABASE.turnedAway();
            TO_DATABASE.shut();
            var body = CompletableFuture.supplyAsync(() -> body(reader));
            until(() -> TO_DATABASE.turnedAway() > before);
            TO_DATABASE.openAgain();
            var whole = again(path);
            // a machine that stands still may let all tries pass before the door is open: then it is cut off, and not
            // whole
            var got = body.handle((read, cutOff) -> cutOff == null ? read : whole.body())
                    .get(2, TimeUnit.MINUTES);
            assertThat(got).isEqualTo(whole.body());
            isWhole(anju.another().get(path).expect(200).body(), whole.body());
        }
    }

    @Test
    void a_database_that_stays_out_of_reach_cuts_the_answer_off_and_it_never_looks_whole() throws Exception {
        var path = publish() + "/json";
        try (var reader = new SlowReader(anju.http().base())) {
            reader.ask(path);
            reader.readPart(SOME_BYTES);
            TO_DATABASE.shut();
            assertThatThrownBy(reader::readBody).isInstanceOf(IOException.class);
            // who asks now is told to come again, before anything is sent
            var refused = anju.http().get(path).expect(503);
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        } finally {
            TO_DATABASE.openAgain();
        }
        var whole = again(path);
        isWhole(anju.another().get(path).expect(200).body(), whole.body());
    }

    private static void isWhole(byte[] file, byte[] other) throws IOException {
        assertThat(file).isEqualTo(other);
        var report = Verifier.verify(new ByteArrayInputStream(file), null, null);
        assertThat(report.fault()).isNull();
    }

    private static byte[] body(SlowReader reader) {
        try {
            return reader.readBody();
        } catch (IOException cutOff) {
            throw new CompletionException(cutOff);
        }
    }

    /** As a client does that is told to come again. */
    private static Answer again(String path) {
        var end = Instant.now().plus(Duration.ofMinutes(2));
        var answer = anju.http().get(path);
        while (answer.status() == 503 && Instant.now().isBefore(end)) {
            answer = anju.http().get(path);
        }
        return answer.expect(200);
    }

    private static void until(BooleanSupplier condition) {
        var end = Instant.now().plus(Duration.ofMinutes(2));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }
}
