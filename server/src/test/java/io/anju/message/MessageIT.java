package io.anju.message;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.anju.platform.config.Settings;
import io.anju.platform.jobs.Jobs;
import io.anju.sandbox.Simulators;
import io.anju.testing.Anju;
import io.anju.testing.LogCapture;
import io.anju.testing.Tenancies.Tenant;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to rent and payments is told in WeChat, once for each consent, and WeChat's answers are kept to. */
class MessageIT extends MessageCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    MessageIT() {
        super(anju);
    }

    private static void readAllAgain() {
        Anju.await(
                anju.db().execute("UPDATE platform.outbox_position SET xact = '0', id = 0 WHERE consumer = 'message'"));
    }

    @Test
    void a_bill_is_told_once_however_often_and_by_however_many_servers_events_are_read() {
        var let = let();
        var tenant = let.tenant();
        allows(tenant, RENT_DUE, 2);
        var other = anju.anotherApp();
        city.post(
                        "/v1/staff/bill-runs",
                        Map.of(
                                "programme",
                                "public-rental",
                                "month",
                                let.month(0).toString()))
                .expect(202);
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> work(anju.app())),
                        CompletableFuture.runAsync(() -> work(other)))
                .join();
        work();
        assertThat(texts(tenant)).containsExactly(text(tenant, let.from()));
        readAllAgain();
        work();
        work(other);
        // the bill of the deposit was issued before, and is told of the second consent now: never twice of one event
        readAllAgain();
        work();
        assertThat(texts(tenant)).doesNotHaveDuplicates().hasSize(2);
        assertThat(states(tenant)).containsExactly("sent", "sent");
        assertThat(unused(tenant, RENT_DUE)).isZero();
    }

    /** What is said of the bill from a day on, as the bill itself has it. */
    private List<String> text(Tenant tenant, LocalDate from) {
        var page = anju.http()
                .get("/v1/me/bills?limit=100", token(tenant))
                .expect(200)
                .json();
        for (var bill : page.path("items")) {
            if (bill.path("charge").asText().equals("rent")
                    && bill.path("from").asText().equals(from.toString())) {
                var fen = bill.path("dueFen").asLong();
                return List.of(
                        MessagePolicy.date(from) + "起租金",
                        "%d.%02d元".formatted(fen / 100, fen % 100),
                        MessagePolicy.date(LocalDate.parse(bill.path("dueOn").asText())));
            }
        }
        throw new AssertionError("no bill from " + from);
    }

    @Test
    void what_happens_without_consent_is_not_told_and_no_error() {
        var let = let();
        var tenant = let.tenant();
        allows(tenant, RENT_DUE, 1);
        try (var log = LogCapture.from(Level.WARN)) {
            bill(let.month(0));
            bill(let.month(1));
            assertThat(log.text()).doesNotContain("io.anju.message");
        }
        assertThat(texts(tenant)).hasSize(1);
        assertThat(states(tenant)).containsExactly("sent");
        var other = let().tenant();
        bill(let.month(1));
        requireNothingFor(other);
    }

    @Test
    void without_consent_at_wechat_the_message_is_refused_the_other_consents_end_and_nothing_is_tried_again() {
        var let = let();
        var tenant = let.tenant();
        for (int i = 0; i < 3; i++) {
            reports(tenant, RENT_DUE, "accept").expect(200);
        }
        bill(let.month(0));
        assertThat(states(tenant)).containsExactly("refused");
        assertThat(unused(tenant, RENT_DUE)).isZero();
        anju.people().allowMessage(openId(tenant), RENT_DUE);
        wait(Duration.ofHours(6));
        assertThat(messages(tenant)).isEmpty();
    }

    @Test
    void an_access_token_that_wechat_ended_is_renewed_and_the_message_sent() {
        var let = let();
        var tenant = let.tenant();
        allows(tenant, RENT_DUE, 2);
        bill(let.month(0));
        anju.people().endWeChatAccessToken();
        bill(let.month(1));
        assertThat(states(tenant)).containsExactly("sent", "sent");
        assertThat(texts(tenant)).hasSize(2);
    }

    @Test
    void an_answer_that_is_lost_does_no_harm_as_wechat_gives_one_message_for_a_consent() {
        var let = let();
        var tenant = let.tenant();
        allows(tenant, RENT_DUE, 1);
        anju.people().failMessages("silence");
        bill(let.month(0));
        wait(Duration.ofMinutes(1));
        assertThat(states(tenant)).containsExactly("refused");
        assertThat(texts(tenant)).hasSize(1);
    }

    @Test
    void what_a_server_made_before_it_died_another_sends() {
        var let = let();
        var tenant = let.tenant();
        allows(tenant, RENT_DUE, 1);
        var domains = anju.domains();
        var templates =
                new Templates(Settings.read(Map.of("ANJU_WECHAT_MESSAGE_RENT_DUE", Simulators.RENT_DUE_TEMPLATE))
                        .weChatMessages());
        var making = new MessageMaking(
                anju.db(),
                templates,
                new Occasions(new Occasions.Neighbours(
                        domains.identity,
                        domains.tenancies.leases,
                        domains.tenancies.rent,
                        domains.tenancies.arrears,
                        domains.payments.service())));
        // bills are run, and events read, by one that gets no further
        var dies = new Jobs(anju.db());
        dies.every(Duration.ofSeconds(15), "message.make", making::run);
        domains.tenancies.rent.handleJobs(dies);
        city.post(
                        "/v1/staff/bill-runs",
                        Map.of(
                                "programme",
                                "public-rental",
                                "month",
                                let.month(0).toString()))
                .expect(202);
        for (int look = 0; look < 600 && states(tenant).isEmpty(); look++) {
            anju.clock().advance(Duration.ofSeconds(16));
            Anju.await(dies.runDue(anju.clock().instant()));
        }
        assertThat(states(tenant)).containsExactly("waiting");
        assertThat(messages(tenant)).isEmpty();
        work();
        assertThat(states(tenant)).containsExactly("sent");
        assertThat(texts(tenant)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {40003, 47003, 40037})
    void what_wechat_will_never_take_fails_and_no_person_is_named_in_the_log(int error) {
        var let = let();
        var tenant = let.tenant();
        allows(tenant, RENT_DUE, 1);
        anju.people().failMessages(error);
        try (var log = LogCapture.from(Level.WARN)) {
            bill(let.month(0));
            assertThat(log.text()).contains("rent-due: " + error);
            assertThat(log.text()).doesNotContain(openId(tenant));
        }
        wait(Duration.ofHours(6));
        assertThat(states(tenant)).containsExactly("failed");
        assertThat(messages(tenant)).isEmpty();
    }

    @Test
    void a_channel_that_is_busy_is_asked_again_and_given_up_after_some_hours() {
        var let = let();
        var tenant = let.tenant();
        allows(tenant, RENT_DUE, 2);
        anju.people().failMessages(-1, 45009);
        bill(let.month(0));
        for (int i = 0; i < 3; i++) {
            wait(Duration.ofMinutes(10));
        }
        assertThat(states(tenant)).containsExactly("sent");

        anju.people().failMessages(-1, -1, -1, -1, -1, -1, -1);
        bill(let.month(1));
        for (int i = 0; i < 8; i++) {
            wait(Duration.ofHours(2));
        }
        assertThat(states(tenant)).containsExactly("sent", "given-up");
        assertThat(texts(tenant)).hasSize(1);
    }
}
