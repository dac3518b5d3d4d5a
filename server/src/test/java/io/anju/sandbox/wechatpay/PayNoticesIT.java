package io.anju.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.sandbox.wechatpay.Pay.Heard;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayNoticesIT {
    @RegisterExtension
    final Pay pay = new Pay();

    @Test
    void a_payment_is_told_signed_and_encrypted() {
        pay.paid("ORDER-0001", 5600);
        assertThat(pay.deliver()).isEqualTo(1);
        var heard = pay.heard().get(0);
        assertThat(isSigned(heard)).isTrue();
        assertThat(heard.headers())
                .containsEntry("wechatpay-serial", PayKeys.get().platformPublicKeyId());
        var document = Merchant.read(heard.body());
        assertThat(document.path("event_type").asText()).isEqualTo("TRANSACTION.SUCCESS");
        assertThat(document.path("resource").path("algorithm").asText()).isEqualTo("AEAD_AES_256_GCM");
        assertThat(resource(heard).path("out_trade_no").asText()).isEqualTo("ORDER-0001");
        assertThat(resource(heard).path("amount").path("total").asLong()).isEqualTo(5600);
        assertThat(pay.deliver()).isZero();
    }

    @Test
    void an_unheard_notice_comes_again_by_the_ladder_and_then_never() {
        pay.answer.set(500);
        pay.paid("ORDER-0001", 5600);
        var start = pay.clock.instant();
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 3_000 && waits.size() <= 15; i++) {
            if (pay.deliver() == 1) {
                waits.add(Duration.between(start, pay.clock.instant()).toSeconds());
                start = pay.clock.instant();
            }
            pay.clock.advance(Duration.ofSeconds(waits.size() < 5 ? 1 : 60));
        }
        assertThat(waits)
                .containsExactly(
                        0L, 15L, 15L, 30L, 180L, 600L, 1_200L, 1_800L, 1_800L, 1_800L, 3_600L, 10_800L, 10_800L,
                        10_800L, 21_600L, 21_600L);
        pay.clock.advanceDays(2);
        assertThat(pay.deliver()).isZero();
        assertThat(pay.heard().stream()
                        .map(heard -> Merchant.read(heard.body()).path("id").asText())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_notice_that_is_heard_at_last_does_not_come_again() {
        pay.answer.set(404);
        pay.paid("ORDER-0001", 5600);
        pay.deliver();
        pay.answer.set(200);
        pay.clock.advance(Duration.ofSeconds(15));
        assertThat(pay.deliver()).isEqualTo(1);
        pay.clock.advanceDays(2);
        assertThat(pay.deliver()).isZero();
        assertThat(pay.heard()).hasSize(2);
    }

    @Test
    void copies_probes_and_late_or_lost_ones_on_demand() {
        pay.arm(Effect.COPY_DELIVERY, 1, "3");
        pay.arm(Effect.SIGN_TEST, 1, "");
        pay.paid("ORDER-0001", 5600);
        pay.deliver();
        assertThat(pay.heard()).hasSize(4);
        assertThat(pay.heard().stream().filter(PayNoticesIT::isSigned)).hasSize(3);
        assertThat(pay.heard().stream().filter(heard -> heard.signature().startsWith("WECHATPAY/SIGNTEST/")))
                .hasSize(1);

        pay.arm(Effect.DELAY_NOTICE, 1, "600");
        pay.paid("ORDER-0002", 5600);
        assertThat(pay.deliver()).isZero();
        pay.clock.advance(Duration.ofMinutes(10));
        assertThat(pay.deliver()).isEqualTo(1);

        pay.arm(Effect.LOSE_NOTICE, 1, "");
        pay.paid("ORDER-0003", 5600);
        pay.clock.advanceDays(2);
        assertThat(pay.deliver()).isZero();

        pay.arm(Effect.DROP_DELIVERY, 1, "");
        pay.paid("ORDER-0004", 5600);
        pay.deliver();
        assertThat(pay.heard()).hasSize(5);
        pay.clock.advance(Duration.ofSeconds(15));
        pay.deliver();
        assertThat(pay.heard()).hasSize(6);
    }

    @Test
    void what_is_due_goes_out_in_another_order_on_demand() {
        pay.arm(Effect.REORDER_DELIVERIES, 1, "");
        pay.paid("ORDER-0001", 5600);
        pay.paid("ORDER-0002", 5600);
        pay.deliver();
        assertThat(pay.heard()).hasSize(2);
        assertThat(pay.heard().stream()
                        .map(heard -> resource(heard).path("out_trade_no").asText()))
                .containsExactlyInAnyOrder("ORDER-0001", "ORDER-0002");
    }

    @ParameterizedTest
    @CsvSource({
        "WRONG_AMOUNT,-1,/amount/total,5599",
        "WRONG_MERCHANT,'',/mchid,1900000999",
        "WRONG_APP,'',/appid,wxsomebodyelse0001",
        "WRONG_CURRENCY,'',/amount/currency,USD"
    })
    void the_first_delivery_says_something_wrong_on_demand(Effect effect, String value, String where, String wrong) {
        pay.arm(effect, 1, value);
        pay.answer.set(500);
        pay.paid("ORDER-0001", 5600);
        pay.deliver();
        pay.clock.advance(Duration.ofSeconds(15));
        pay.deliver();
        assertThat(pay.heard()).hasSize(2).allMatch(PayNoticesIT::isSigned);
        assertThat(resource(pay.heard().get(0)).at(where).asText()).isEqualTo(wrong);
        assertThat(resource(pay.heard().get(1)).at(where).asText()).isNotEqualTo(wrong);
    }

    @Test
    void forged_stale_and_truncated_deliveries_on_demand() {
        pay.answer.set(500);
        pay.arm(Effect.FORGED_SIGNATURE, 1, "");
        pay.paid("ORDER-0001", 5600);
        pay.deliver();
        assertThat(isSigned(pay.heard().get(0))).isFalse();

        pay.arm(Effect.STALE_TIMESTAMP, 1, "");
        pay.clock.advance(Duration.ofSeconds(15));
        pay.deliver();
        assertThat(isSigned(pay.heard().get(1))).isTrue();
        assertThat(Long.parseLong(String.valueOf(pay.heard().get(1).headers().get("wechatpay-timestamp"))))
                .isEqualTo(pay.clock.instant().getEpochSecond() - 600);

        pay.arm(Effect.TRUNCATED_BODY, 1, "");
        pay.clock.advance(Duration.ofSeconds(15));
        pay.deliver();
        assertThat(isSigned(pay.heard().get(2))).isFalse();
    }

    @Test
    void a_payment_is_charged_twice_on_demand() {
        pay.arm(Effect.CHARGE_TWICE, 1, "");
        pay.paid("ORDER-0001", 5600);
        pay.deliver();
        assertThat(pay.heard().stream()
                        .map(heard -> resource(heard).path("transaction_id").asText())
                        .distinct())
                .hasSize(2);
    }

    private static boolean isSigned(Heard heard) {
        var platform = Merchant.publicKey(PayKeys.get().platformPublicKeyPem());
        return Merchant.verify(platform, heard.message(), heard.signature());
    }

    private static JsonNode resource(Heard heard) {
        return Merchant.read(Merchant.open(Merchant.read(heard.body()).path("resource")));
    }
}
