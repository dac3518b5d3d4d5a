package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.App;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.Biller;
import io.anju.testing.Payer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Refunds that meet each other, or the channel's word about them: by two servers, over HTTP. That they stay within their
 * payment at every instant is a constraint of the row; after each test the rules of the ledger are checked.
 */
class RefundRaceIT extends RefundDesk {
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    @SuppressWarnings("NullAway.Init")
    private static App second;

    RefundRaceIT() {
        super(anju, BILLER);
    }

    @BeforeAll
    static void start() {
        second = anju.anotherApp();
    }

    @Test
    void payer_and_officials_at_two_servers_are_never_promised_more_than_was_paid() {
        var asked = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 6; i++) {
            asked.add(anju.http()
                    .request("POST", "/v1/payments/" + paymentId() + "/refunds")
                    .token(payer().token())
                    .body(Map.of("amountFen", 70_000, "reason", "多缴退回"))
                    .sendAsync());
            asked.add(issuing(second(), cashier(), 90_000).sendAsync());
        }
        var answers = asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        var promised = answers.stream()
                .filter(answer -> answer.status() == 201)
                .map(Answer::json)
                .toList();
        var fen = promised.stream()
                .mapToLong(refund -> refund.path("amountFen").asLong())
                .sum();
        assertThat(fen).isBetween(PAID_FEN - 70_000 + 1, PAID_FEN);
        payer().askBack(paymentId(), PAID_FEN - fen + 1).expect(409, "refund-above-payment");
        promised.stream()
                .filter(refund -> refund.path("state").asText().equals("requested"))
                .forEach(refund -> approve(refund, cashier()).expect(200));
        bothRun(Duration.ofSeconds(11));
        bothRun(Duration.ofSeconds(61));
        assertThat(refundedFen()).isEqualTo(fen);
        assertThat(dueFen()).isEqualTo(fen);
    }

    @Test
    void of_two_halves_and_a_fen_only_one_is_promised() {
        var official = cashier();
        var answers = Stream.of(
                        issuing(anju.http(), official, PAID_FEN / 2).sendAsync(),
                        issuing(second(), cashier(), PAID_FEN / 2 + 1).sendAsync())
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(201, 409);
    }

    @Test
    void is_approved_or_rejected_but_never_both() {
        for (int i = 0; i < 5; i++) {
            var refund = payer().askBack(paymentId(), 10_000).expect(201).json();
            var answers = Stream.of(
                            deciding(anju.http(), refund, "approval").sendAsync(),
                            deciding(second(), refund, "rejection").sendAsync(),
                            deciding(second(), refund, "approval").sendAsync())
                    .map(CompletableFuture::join)
                    .toList();
            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 409, 409);
        }
        var approved = states().filter("approved"::equals).count();
        bothRun(Duration.ofSeconds(11));
        bothRun(Duration.ofSeconds(61));
        assertThat(states().filter("succeeded"::equals).count()).isEqualTo(approved);
        assertThat(dueFen()).isEqualTo(approved * 10_000);
    }

    @Test
    void copies_of_the_notice_and_both_servers_queries_at_once_count_once() {
        for (int i = 1; i <= 5; i++) {
            issue(cashier(), 20_000).expect(201);
            run(Duration.ofSeconds(11));
            assertThat(state(i - 1)).isEqualTo("processing");
            payer().waits(Duration.ofSeconds(61));
            Payer.arm(anju, "COPY_DELIVERY", "", "5");
            bothRun(Duration.ZERO);
            assertThat(state(i - 1)).isEqualTo("succeeded");
            assertThat(dueFen()).isEqualTo(i * 20_000L);
        }
        bothRun(Duration.ofDays(1));
        assertThat(dueFen()).isEqualTo(5 * 20_000L);
    }

    @Test
    void a_notice_that_overtakes_the_answer_counts_and_the_answer_changes_nothing() {
        Payer.arm(anju, "NOTICE_BEFORE_ANSWER", "", "");
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        countsOnce();
    }

    @Test
    void a_notice_counts_when_the_answer_was_lost_and_nobody_has_asked_yet() {
        Payer.arm(anju, "LOSE_ANSWER", "refund", "");
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        assertThat(state(0)).isEqualTo("approved");
        payer().waits(Duration.ofSeconds(6));
        Payer.deliver(anju);
        countsOnce();
    }

    @Test
    void a_notice_that_comes_twice_after_the_query_changes_nothing() {
        Payer.arm(anju, "DELAY_NOTICE", "", "300");
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        run(Duration.ofSeconds(61));
        assertThat(state(0)).isEqualTo("succeeded");
        Payer.arm(anju, "COPY_DELIVERY", "", "2");
        run(Duration.ofSeconds(301));
        countsOnce();
    }

    /** What a server leaves that died with the refund in its hands: stored, taken, and never sent. */
    @Test
    void a_refund_whose_server_died_before_the_call_is_asked_about_and_goes_out_once() {
        issue(cashier(), 50_000).expect(201);
        var store = new RefundStore(anju.domains().vault);
        var taken = Anju.await(store.takeDue(anju.db(), "wechat", anju.clock().instant(), new Integer[] {30}, 50));
        assertThat(taken).hasSize(1);
        bothRun(Duration.ofSeconds(11));
        assertThat(state(0)).as("still in the dead server's hands").isEqualTo("approved");
        bothRun(Duration.ofSeconds(31));
        assertThat(state(0)).isEqualTo("processing");
        bothRun(Duration.ofSeconds(61));
        countsOnce();
    }

    private void countsOnce() {
        assertThat(state(0)).isEqualTo("succeeded");
        assertThat(dueFen()).isEqualTo(50_000);
        bothRun(Duration.ofSeconds(61));
        assertThat(state(0)).isEqualTo("succeeded");
        assertThat(refundedFen()).isEqualTo(50_000);
        assertThat(dueFen()).isEqualTo(50_000);
    }

    /** As {@link #run}, with the channel's notices and the work of both servers at the same time. */
    private void bothRun(Duration later) {
        payer().waits(later);
        CompletableFuture.allOf(
                        CompletableFuture.runAsync(() -> Payer.deliver(anju)),
                        CompletableFuture.runAsync(anju::runJobs),
                        CompletableFuture.runAsync(() -> Anju.await(
                                second.domains().jobs.runDue(anju.clock().instant()))))
                .join();
    }

    private static ApiClient second() {
        return new ApiClient(URI.create("http://127.0.0.1:" + second.port()));
    }

    private ApiClient.Call deciding(ApiClient at, JsonNode refund, String decision) {
        var call = at.request("POST", path(refund) + "/" + decision).token(cashier());
        return decision.equals("rejection") ? call.body(Map.of("reason", "账单无误。")) : call;
    }

    private Stream<String> states() {
        return List.copyOf(payment().path("refunds").findValuesAsText("state")).stream();
    }

    private long refundedFen() {
        return payment().path("refundedFen").asLong();
    }
}
