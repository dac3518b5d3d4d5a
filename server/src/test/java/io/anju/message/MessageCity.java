package io.anju.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.App;
import io.anju.sandbox.Simulators;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Desk;
import io.anju.testing.Letting;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Tenant;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Tenants of Guangzhou who use the mini-program, for tests of what they are told there. */
abstract class MessageCity {
    static final String RENT_DUE = id(Simulators.RENT_DUE_TEMPLATE);
    static final String ARREARS = id(Simulators.ARREARS_TEMPLATE);
    static final String PAYMENT = id(Simulators.PAYMENT_TEMPLATE);
    static final String CONSENTS = "/v1/me/message-consents";

    private final Anju server;

    @SuppressWarnings("NullAway.Init")
    Desk city;

    @SuppressWarnings("NullAway.Init")
    Tenancies tenancies;

    MessageCity(Anju server) {
        this.server = server;
    }

    @BeforeEach
    void logIn() {
        city = Desk.of(server, "city", "4401");
        tenancies = new Tenancies(server, city);
        server.people().failMessages();
    }

    private static String id(String setting) {
        return setting.substring(0, setting.indexOf(':'));
    }

    /** @param from the first day of the lease */
    record Let(Tenant tenant, String leaseId, LocalDate from) {
        /** The month in which it begins, or one after it. */
        YearMonth month(int after) {
            return YearMonth.from(from).plusMonths(after);
        }
    }

    /** A lease from today on; that the deposit's bill was issued is read. */
    Let let() {
        var tenant = tenancies.tenant();
        var from = server.clock().today();
        var leaseId = tenancies.let(Letting.GUANGZHOU, tenant);
        tenancies.handOver(leaseId, from);
        work();
        return new Let(tenant, leaseId, from);
    }

    void bill(YearMonth month) {
        tenancies.bill("public-rental", month);
        work();
    }

    String token(Tenant tenant) {
        return server.people().again(tenant.nationalId());
    }

    String openId(Tenant tenant) {
        return server.people().openId(tenant.nationalId());
    }

    /** Allows so many messages in the mini-program, which tells WeChat and us. */
    void allows(Tenant tenant, String templateId, int times) {
        for (int i = 0; i < times; i++) {
            server.people().allowMessage(openId(tenant), templateId);
            reports(tenant, templateId, "accept").expect(200);
        }
    }

    Answer reports(Tenant tenant, String templateId, String answer) {
        return server.http().post(CONSENTS, token(tenant), answers(templateId, answer));
    }

    static Map<String, Object> answers(String templateId, String answer) {
        return Map.of("answers", List.of(Map.of("templateId", templateId, "answer", answer)));
    }

    /** How many messages the server holds a consent for. */
    int unused(Tenant tenant, String templateId) {
        return standing(tenant, templateId).path("unused").asInt();
    }

    JsonNode standing(Tenant tenant, String templateId) {
        var all = server.http().get(CONSENTS, token(tenant)).expect(200).json();
        for (var one : all.path("items")) {
            if (one.path("templateId").asText().equals(templateId)) {
                return one;
            }
        }
        throw new AssertionError("no template " + templateId);
    }

    JsonNode messages(Tenant tenant) {
        return server.people().subscribedMessages(openId(tenant));
    }

    /** The values of the fields of each message that came, in the order of the template. */
    List<List<String>> texts(Tenant tenant) {
        var all = new ArrayList<List<String>>();
        for (var one : messages(tenant)) {
            var texts = new ArrayList<String>();
            one.path("data").forEach(value -> texts.add(value.asText()));
            all.add(texts);
        }
        return all;
    }

    /** How the messages made for somebody ended. */
    List<String> states(Tenant tenant) {
        return Anju.await(server.db().list("""
                        SELECT m.state
                          FROM message.message m
                         WHERE m.resident_id = $1
                         ORDER BY m.message_id
                        """, row -> row.getString("state"), residentId(tenant)));
    }

    UUID residentId(Tenant tenant) {
        var me = server.http().get("/v1/me", token(tenant)).expect(200).json();
        return UUID.fromString(me.path("residentId").asText());
    }

    void work() {
        work(server.app());
    }

    /** Background work of an instance until every event was read: other tests' transactions may hold events back. */
    void work(App app) {
        for (int look = 0; look < 600; look++) {
            server.clock().advance(Duration.ofSeconds(16));
            Anju.await(app.domains().jobs.runDue(server.clock().instant()));
            if (Anju.await(server.db().find(READ_ALL, row -> row.getBoolean("done")))
                    .orElseThrow()) {
                return;
            }
            pause();
        }
        throw new AssertionError("events are not read");
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final String READ_ALL = """
            SELECT NOT EXISTS (SELECT
                                 FROM platform.outbox o
                                WHERE NOT EXISTS (SELECT
                                                    FROM platform.outbox_position p
                                                   WHERE p.consumer = 'message' AND (p.xact, p.id) >= (o.xact, o.id)))
                   AS done
            """;

    /** Lets each message that waits be tried once more. */
    void wait(Duration time) {
        server.clock().advance(time);
        server.runJobs();
    }

    void requireNothingFor(Tenant tenant) {
        assertThat(messages(tenant)).isEmpty();
        assertThat(states(tenant)).isEmpty();
    }
}
