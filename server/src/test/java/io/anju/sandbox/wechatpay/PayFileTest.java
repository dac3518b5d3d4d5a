package io.anju.sandbox.wechatpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.time.Shanghai;
import io.anju.sandbox.wechatpay.PayOrder.Terms;
import io.anju.sandbox.wechatpay.PayRefund.Status;
import io.anju.sandbox.wechatpay.RefundBook.Wish;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PayFileTest {
    private static final Instant NOW = Instant.parse("2026-03-04T01:00:00Z");

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private WeChatPaySimulator started() {
        var simulator = new WeChatPaySimulator(vertx, () -> NOW);
        simulator.keepIn(folder.resolve("kept.jsonl"));
        return simulator;
    }

    private static Terms terms(long fen) {
        return new Terms(
                "wxapp", "1900000001", "租金", "", "http://localhost", "openid", fen, "CNY", NOW.plusSeconds(1800));
    }

    @Test
    void what_was_ordered_paid_closed_and_given_back_is_known_after_a_restart() {
        var before = started();
        var paid = before.book().prepay("ORDER1", terms(500), NOW);
        before.book().prepay("ORDER2", terms(600), NOW);
        before.book().prepay("ORDER3", terms(700), NOW);
        before.book().pay("ORDER1", NOW);
        before.book().chargeAgain("ORDER1", NOW);
        before.book().close("ORDER2");
        before.refunds()
                .accept(new Wish(before.book().get("ORDER1"), "REFUND1", 200, 500, "CNY", null), Status.SUCCESS, NOW);
        before.refunds().settleDue(NOW.plusSeconds(60));

        var after = started();
        for (var number : new String[] {"ORDER1", "ORDER2", "ORDER3"}) {
            assertThat(after.book().get(number)).isEqualTo(before.book().get(number));
        }
        assertThat(after.book().findByPrepayId(paid.prepayId())).isPresent();
        assertThat(after.book().chargesOf(Shanghai.date(NOW)))
                .isEqualTo(before.book().chargesOf(Shanghai.date(NOW)))
                .hasSize(2);
        assertThat(after.refunds().get("REFUND1"))
                .isEqualTo(before.refunds().get("REFUND1"))
                .extracting(PayRefund::status)
                .isEqualTo(Status.SUCCESS);
        // nothing is paid twice, and no number is given out again
        assertThatThrownBy(() -> after.book().pay("ORDER1", NOW)).isInstanceOf(PayFault.class);
        assertThat(after.book().pay("ORDER3", NOW).transactionId())
                .isNotEqualTo(before.book().get("ORDER1").transactionId());
        assertThat(started().book().get("ORDER3").isPaid()).isTrue();
    }

    @Test
    void a_change_that_was_cut_off_never_happened() throws Exception {
        started().book().prepay("ORDER1", terms(500), NOW);
        Files.writeString(folder.resolve("kept.jsonl"), "{\"numbers\":2,\"order\":{\"outTr", StandardOpenOption.APPEND);
        started().book().prepay("ORDER2", terms(600), NOW);
        var after = started();
        assertThat(after.book().get("ORDER1").isPaid()).isFalse();
        assertThat(after.book().get("ORDER2").terms()).isEqualTo(terms(600));
    }
}
