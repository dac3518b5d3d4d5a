package io.anju.rent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.ledger.AccountKind;
import io.anju.testing.Anju;
import io.anju.testing.Letting;
import io.anju.testing.Payer;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A refund comes through at the moment when its bill is corrected, its lease ends or its credit is used: whichever is
 * first, the household ends with the same to the fen. The home costs 600 yuan.
 */
class RefundAmidChangesIT extends RentCity {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final int ROUNDS = 4;
    private static final long DEPOSIT_FEN = 60_000;
    /** 28 of the 31 days of March at 600 yuan. */
    private static final long MARCH_FEN = 54_194;

    private static final long REFUND_FEN = 40_000;

    RefundAmidChangesIT() {
        super(anju, Letting.QINGDAO.in("退款苑"));
    }

    /** A lease that has paid deposit and March with one order, of which the channel is giving a part back. */
    private record Paid(Let let, JsonNode order) {}

    private Paid paidAndGettingBack() {
        var let = let(anju.clock().today(), LocalDate.of(2028, 3, 3));
        run("2026-03");
        var paid = let.pays(null, let.deposit(), let.rents().get(0));
        let.asksBack(REFUND_FEN, paid);
        anju.clock().advance(Duration.ofSeconds(11));
        anju.runJobs();
        anju.clock().advance(Duration.ofSeconds(6));
        return new Paid(let, paid);
    }

    private static void atOnce(Runnable... works) {
        var all = new CompletableFuture<?>[works.length + 1];
        for (int i = 0; i < works.length; i++) {
            all[i] = CompletableFuture.runAsync(works[i]);
        }
        all[works.length] = CompletableFuture.runAsync(() -> Payer.deliver(anju));
        CompletableFuture.allOf(all).join();
    }

    private long refundedFen(Paid paid) {
        return city().get("/v1/staff/payments?outTradeNo="
                        + paid.order().path("outTradeNo").asText())
                .expect(200)
                .json()
                .at("/items/0/refundedFen")
                .asLong();
    }

    @Test
    void while_its_bill_is_corrected() {
        for (var noteFen : new long[] {25_000, REFUND_FEN, 50_000, MARCH_FEN}) {
            var paid = paidAndGettingBack();
            var let = paid.let();
            var note = "/v1/staff/bills/" + let.rents().get(0).path("billId").asText() + "/credit-notes";
            atOnce(() -> city().post(note, Map.of("amountFen", noteFen, "reason", "停水减免"))
                    .expect(200));
            assertThat(refundedFen(paid)).isEqualTo(REFUND_FEN);
            assertThat(sum(let.bills(), "dueFen") - let.held(AccountKind.TENANT_CREDIT))
                    .as("given back, less what was taken off the bill")
                    .isEqualTo(REFUND_FEN - noteFen);
        }
    }

    @Test
    void while_its_lease_ends() {
        for (int round = 0; round < ROUNDS; round++) {
            var paid = paidAndGettingBack();
            var let = paid.let();
            var day = anju.clock().today().toString();
            var end = Map.of("lastDay", day, "ground", "own-wish", "reason", "搬离", "returnedOn", day);
            atOnce(() -> let.act("termination", end).expect(200));
            assertThat(let.state()).isEqualTo("ended");
            assertThat(refundedFen(paid)).isEqualTo(REFUND_FEN);
            assertThat(sum(let.bills(), "dueFen")).isZero();
            assertThat(let.held(AccountKind.DEPOSIT)).isZero();
            assertThat(let.held(AccountKind.TENANT_CREDIT))
                    .isEqualTo(DEPOSIT_FEN + MARCH_FEN - REFUND_FEN - net(let.rents()));
        }
    }

    @Test
    void while_its_bill_is_corrected_and_its_lease_ends() {
        for (int round = 0; round < ROUNDS; round++) {
            var paid = paidAndGettingBack();
            var let = paid.let();
            var note = "/v1/staff/bills/" + let.rents().get(0).path("billId").asText() + "/credit-notes";
            var day = anju.clock().today().toString();
            var end = Map.of("lastDay", day, "ground", "own-wish", "reason", "搬离", "returnedOn", day);
            atOnce(
                    () -> city().post(note, Map.of("amountFen", 1_000, "reason", "停水减免"))
                            .expect(200),
                    () -> let.act("termination", end).expect(200));
            assertThat(refundedFen(paid)).isEqualTo(REFUND_FEN);
            assertThat(sum(let.bills(), "dueFen")).isZero();
            assertThat(let.held(AccountKind.TENANT_CREDIT))
                    .isEqualTo(DEPOSIT_FEN + MARCH_FEN - REFUND_FEN - net(let.rents()));
        }
    }
}
