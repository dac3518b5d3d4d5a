package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.Biller;
import io.anju.testing.Payer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refunds from the wish to the money's way back, against the simulated WeChat Pay. */
class RefundIT extends RefundDesk {
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    RefundIT() {
        super(anju, BILLER);
    }

    @Test
    void goes_out_with_one_approval_and_succeeds_when_the_channel_says_so() {
        var refund = payer().askBack(paymentId(), 50_000).expect(201).json();
        assertThat(refund.path("state").asText()).isEqualTo("requested");
        var approved = approve(refund, cashier()).expect(200).json();
        assertThat(approved.path("state").asText()).isEqualTo("approved");
        run(Duration.ofSeconds(11));
        assertThat(state(0)).isEqualTo("processing");
        assertThat(dueFen()).isZero();
        run(Duration.ofSeconds(61));
        assertThat(state(0)).isEqualTo("succeeded");
        assertThat(dueFen()).isEqualTo(50_000);
        Payer.deliver(anju);
        assertThat(dueFen()).isEqualTo(50_000);
    }

    @Test
    void needs_two_officials_above_the_limit() {
        var first = cashier();
        var refund = issue(first, 200_000).expect(201).json();
        assertThat(refund.path("state").asText()).isEqualTo("requested");
        assertThat(refund.path("approvalsNeeded").asInt()).isEqualTo(2);
        approve(refund, first).expect(409, "already-approved");
        assertThat(approve(refund, cashier()).expect(200).json().path("state").asText())
                .isEqualTo("approved");
        approve(refund, cashier()).expect(409, "refund-decided");
    }

    @Test
    void is_open_to_officials_of_the_city_only() {
        var refund = payer().askBack(paymentId(), 50_000).expect(201).json();
        approve(refund, anju.people().staff("city", "3203")).expect(404);
    }

    @Test
    void frees_its_amount_when_it_is_rejected() {
        payer().askBack(paymentId(), 300_001).expect(409, "refund-above-payment");
        var refund = payer().askBack(paymentId(), 300_000).expect(201).json();
        payer().askBack(paymentId(), 1).expect(409, "refund-above-payment");
        anju.http()
                .post(path(refund) + "/rejection", cashier(), Map.of("reason", "账单无误。"))
                .expect(200);
        assertThat(payer().get(paymentId())
                        .expect(200)
                        .json()
                        .at("/refunds/0/decision")
                        .asText())
                .isEqualTo("账单无误。");
        payer().askBack(paymentId(), 300_000).expect(201);
    }

    @Test
    void races_never_give_back_more_than_was_paid() {
        var racing = IntStream.range(0, 12)
                .mapToObj(i -> anju.http()
                        .request("POST", "/v1/payments/" + paymentId() + "/refunds")
                        .token(payer().token())
                        .body(Map.of("amountFen", 70_000, "reason", "多缴退回"))
                        .sendAsync())
                .toList();
        CompletableFuture.allOf(racing.toArray(CompletableFuture[]::new)).join();
        assertThat(racing.stream().map(CompletableFuture::join).map(Answer::status))
                .containsOnly(201, 409)
                .filteredOn(status -> status == 201)
                .hasSize(4);
    }

    @Test
    void is_refused_after_fifty() {
        for (int i = 0; i < 50; i++) {
            payer().askBack(paymentId(), 1).expect(201);
        }
        payer().askBack(paymentId(), 1).expect(409, "too-many-refunds");
    }

    @Test
    void is_asked_about_and_sent_again_under_the_same_number_when_the_answer_is_lost() {
        Payer.arm(anju, "LOSE_ANSWER", "refund", "");
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        assertThat(state(0)).isEqualTo("approved");
        run(Duration.ofSeconds(31));
        run(Duration.ofSeconds(61));
        assertThat(state(0)).isEqualTo("succeeded");
        assertThat(dueFen()).isEqualTo(50_000);
    }

    @Test
    void waits_while_the_merchant_has_too_little_money() {
        Payer.arm(anju, "ANSWER_ERROR", "refund", "NOT_ENOUGH");
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        assertThat(state(0)).isEqualTo("approved");
        run(Duration.ofSeconds(31));
        assertThat(state(0)).isEqualTo("processing");
    }

    @Test
    void becomes_an_item_when_the_channel_cannot_make_it() {
        Payer.arm(anju, "FAIL_REFUND", "", "ABNORMAL");
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        run(Duration.ofSeconds(61));
        assertThat(state(0)).isEqualTo("abnormal");
        Payer.arm(anju, "FAIL_REFUND", "", "CLOSED");
        issue(cashier(), 60_000).expect(201);
        run(Duration.ofSeconds(11));
        run(Duration.ofSeconds(61));
        assertThat(state(1)).isEqualTo("failed");
        assertThat(dueFen()).isZero();
        payer().askBack(paymentId(), 250_000).expect(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"WRONG_MERCHANT", "WRONG_CURRENCY"})
    void is_not_believed_where_it_came_from_elsewhere_until_the_channel_is_asked(String effect) {
        tellWhatOthersHaveUnderWay();
        issue(cashier(), 50_000).expect(201);
        Payer.arm(anju, effect, "", "");
        run(Duration.ofSeconds(11));
        run(Duration.ofSeconds(6));
        assertThat(state(0)).isEqualTo("processing");
        assertThat(kinds()).containsExactly("refund-differs");
        assertThat(dueFen()).isZero();
        run(Duration.ofSeconds(61));
        assertThat(state(0)).isEqualTo("succeeded");
        assertThat(dueFen()).isEqualTo(50_000);
        assertThat(kinds()).containsExactly("refund-differs");
    }

    /** The first answer was lost, and the refund made: to let it go then would free its amount for another. */
    @Test
    void waits_where_the_channel_declines_to_say_what_became_of_it() {
        tellWhatOthersHaveUnderWay();
        Payer.arm(anju, "LOSE_ANSWER", "refund", "");
        Payer.arm(anju, "LOSE_NOTICE", "", "");
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        Payer.arm(anju, "ANSWER_ERROR", "query-refund", "NO_AUTH");
        run(Duration.ofSeconds(31));
        assertThat(state(0)).isEqualTo("approved");
        run(Duration.ofSeconds(61));
        assertThat(state(0)).isEqualTo("succeeded");
        assertThat(dueFen()).isEqualTo(50_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SIGN_ERROR", "FREQUENCY_LIMITED", "SYSTEM_ERROR"})
    void waits_where_an_error_says_nothing_of_it(String error) {
        tellWhatOthersHaveUnderWay();
        Payer.arm(anju, "ANSWER_ERROR", "refund", error);
        issue(cashier(), 50_000).expect(201);
        run(Duration.ofSeconds(11));
        assertThat(state(0)).isEqualTo("approved");
        run(Duration.ofSeconds(31));
        assertThat(state(0)).isEqualTo("processing");
    }

    /** Before something is to happen to one notice or one question. */
    private void tellWhatOthersHaveUnderWay() {
        run(Duration.ofMinutes(1));
        run(Duration.ofMinutes(1));
    }

    private List<String> kinds() {
        var number = Anju.await(anju.db()
                        .find(
                                "SELECT out_refund_no FROM payment.refund WHERE payment_id = $1",
                                row -> row.getString("out_refund_no"),
                                UUID.fromString(paymentId())))
                .orElseThrow();
        return Anju.await(anju.db()
                .list("SELECT kind FROM reconciliation.item WHERE subject = $1", row -> row.getString("kind"), number));
    }
}
