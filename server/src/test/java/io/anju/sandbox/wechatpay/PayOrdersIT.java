package io.anju.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayOrdersIT {
    private static final String JSAPI = "/v3/pay/transactions/jsapi";

    @RegisterExtension
    final Pay pay = new Pay();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"total\":5600|\"total\":0|400|PARAM_ERROR",
                "\"total\":5600|\"total\":56.5|400|PARAM_ERROR",
                "\"total\":5600|\"total\":\"5600\"|400|PARAM_ERROR",
                "\"CNY\"|\"USD\"|400|PARAM_ERROR",
                "ORDER-0001|A-1|400|PARAM_ERROR",
                "ORDER-0001|ORDER 0001|400|PARAM_ERROR",
                "wxsimulated0000001|wxother|400|APPID_MCHID_NOT_MATCH",
                "1900000001|1900000002|400|MCH_NOT_EXISTS",
                "\"mchid\"|\"time_expire\":\"2026-03-04T09:30+08:00\",\"mchid\"|400|PARAM_ERROR",
                "\"openid\":\"oPayer\"|\"openid\":\"\"|400|PARAM_ERROR",
            })
    void refuses_what_the_documents_do_not_allow(String from, String to, int status, String code) {
        var body = Merchant.order("ORDER-0001", 5600, pay.notifyUrl()).replace(from, to);
        var reply = pay.merchant.post(JSAPI, body);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void one_number_is_one_order() {
        pay.order("ORDER-0001", 5600);
        var again = pay.merchant.post(JSAPI, Merchant.order("ORDER-0001", 5600, pay.notifyUrl()));
        assertThat(again.status()).isEqualTo(200);
        var other = pay.merchant.post(JSAPI, Merchant.order("ORDER-0001", 5601, pay.notifyUrl()));
        assertThat(other.status()).isEqualTo(403);
        assertThat(other.code()).isEqualTo("OUT_TRADE_NO_USED");
    }

    @Test
    void an_order_is_paid_once_and_then_told_by_both_numbers() {
        pay.paid("ORDER-0001", 5600);
        assertThatThrownBy(() -> pay.simulators.pay().pay("ORDER-0001", false)).hasMessage("订单已支付");
        var byNumber = query("ORDER-0001");
        assertThat(byNumber.path("trade_state").asText()).isEqualTo("SUCCESS");
        assertThat(byNumber.path("amount").path("payer_total").asLong()).isEqualTo(5600);
        assertThat(byNumber.path("success_time").asText()).isEqualTo("2026-03-04T09:00:00+08:00");
        var byId = pay.merchant
                .get("/v3/pay/transactions/id/"
                        + byNumber.path("transaction_id").asText() + "?mchid=1900000001")
                .json();
        assertThat(byId).isEqualTo(byNumber);
        assertThat(pay.merchant
                        .post(JSAPI, Merchant.order("ORDER-0001", 5600, pay.notifyUrl()))
                        .code())
                .isEqualTo("ORDERPAID");
        assertThat(close("ORDER-0001").code()).isEqualTo("ORDERPAID");
    }

    @Test
    void a_closed_order_is_paid_only_by_a_payment_that_was_under_way() {
        pay.order("ORDER-0001", 5600);
        assertThat(close("ORDER-0001").status()).isEqualTo(204);
        assertThat(close("ORDER-0001").code()).isEqualTo("ORDER_CLOSED");
        assertThatThrownBy(() -> pay.simulators.pay().pay("ORDER-0001", false)).hasMessage("订单已关闭");
        pay.simulators.pay().pay("ORDER-0001", true);
        assertThat(query("ORDER-0001").path("trade_state").asText()).isEqualTo("SUCCESS");
    }

    @Test
    void a_prepayment_is_good_for_two_hours() {
        pay.order("ORDER-0001", 5600);
        pay.clock.advance(Duration.ofHours(2).plusSeconds(1));
        assertThatThrownBy(() -> pay.simulators.pay().pay("ORDER-0001", false)).hasMessage("订单已过支付结束时间");
        pay.order("ORDER-0001", 5600);
        pay.simulators.pay().pay("ORDER-0001", false);
    }

    @Test
    void an_answer_that_is_lost_had_its_effect_and_an_error_had_none() {
        pay.arm(Effect.LOSE_ANSWER, 1, "");
        assertThatThrownBy(() -> pay.order("ORDER-0001", 5600)).isInstanceOf(Merchant.LostAnswer.class);
        assertThat(query("ORDER-0001").path("trade_state").asText()).isEqualTo("NOTPAY");
        pay.arm(Effect.ANSWER_ERROR, 1, "SYSTEM_ERROR");
        var failed = pay.merchant.post(JSAPI, Merchant.order("ORDER-0002", 5600, pay.notifyUrl()));
        assertThat(failed.status()).isEqualTo(500);
        assertThat(query("ORDER-0002").path("code").asText()).isEqualTo("ORDER_NOT_EXIST");
    }

    @Test
    void a_refund_is_accepted_first_and_done_later() {
        pay.paid("ORDER-0001", 5600);
        var accepted = refund("REFUND-1", 600);
        assertThat(accepted.status()).isEqualTo(200);
        assertThat(accepted.json().path("status").asText()).isEqualTo("PROCESSING");
        assertThat(refund("REFUND-1", 600).json()).isEqualTo(accepted.json());
        assertThat(refund("REFUND-1", 601).code()).isEqualTo("INVALID_REQUEST");
        pay.clock.advance(Duration.ofSeconds(5));
        pay.deliver();
        assertThat(refundState("REFUND-1")).isEqualTo("SUCCESS");
        // the notice of the payment may be under way until now, and notices come in any order
        assertThat(pay.heard())
                .map(heard -> Merchant.read(heard.body()))
                .filteredOn(document -> document.path("event_type").asText().equals("REFUND.SUCCESS"))
                .singleElement()
                .satisfies(document ->
                        assertThat(Merchant.open(document.path("resource"))).contains("\"refund\":600"));
    }

    @Test
    void refunds_stay_within_the_payment_and_are_fifty_at_most() {
        pay.paid("ORDER-0001", 5600);
        assertThat(refund("TOO-MUCH", 5601).code()).isEqualTo("INVALID_REQUEST");
        for (int i = 1; i <= 50; i++) {
            assertThat(refund("REFUND-" + i, 1).status()).isEqualTo(200);
        }
        assertThat(refund("REFUND-51", 1).json().path("message").asText()).isEqualTo("部分退款次数超过限制");
    }

    @Test
    void a_refund_may_fail_later_and_give_its_amount_free() {
        pay.paid("ORDER-0001", 5600);
        pay.arm(Effect.FAIL_REFUND, 1, "CLOSED");
        refund("REFUND-1", 5600);
        assertThat(refund("REFUND-2", 1).code()).isEqualTo("INVALID_REQUEST");
        pay.clock.advance(Duration.ofSeconds(5));
        pay.deliver();
        assertThat(refundState("REFUND-1")).isEqualTo("CLOSED");
        pay.arm(Effect.HOLD_REFUND, 1, "");
        assertThat(refund("REFUND-2", 5600).status()).isEqualTo(200);
        pay.clock.advance(Duration.ofDays(1));
        pay.deliver();
        assertThat(refundState("REFUND-2")).isEqualTo("PROCESSING");
        pay.simulators.pay().settleRefund("REFUND-2", PayRefund.Status.ABNORMAL);
        assertThat(refundState("REFUND-2")).isEqualTo("ABNORMAL");
    }

    private Merchant.Reply close(String outTradeNo) {
        return pay.merchant.post(
                "/v3/pay/transactions/out-trade-no/" + outTradeNo + "/close", "{\"mchid\":\"1900000001\"}");
    }

    private JsonNode query(String outTradeNo) {
        return pay.merchant
                .get("/v3/pay/transactions/out-trade-no/" + outTradeNo + "?mchid=1900000001")
                .json();
    }

    private Merchant.Reply refund(String outRefundNo, long fen) {
        return pay.merchant.post(
                "/v3/refund/domestic/refunds", Merchant.refund("ORDER-0001", outRefundNo, fen, 5600, pay.notifyUrl()));
    }

    private String refundState(String outRefundNo) {
        return pay.merchant
                .get("/v3/refund/domestic/refunds/" + outRefundNo)
                .json()
                .path("status")
                .asText();
    }
}
