package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.ledger.LedgerService;
import io.anju.payment.PaymentProvider.ChannelPayment;
import io.anju.payment.PaymentProvider.ChannelRefund;
import io.anju.payment.PaymentProvider.PaymentState;
import io.anju.payment.PaymentProvider.RefundState;
import io.anju.reconciliation.ToldDifferences;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What another channel says about numbers that are WeChat's moves no money, though all else it says is as we stored it. */
class OtherChannelIT extends RefundDesk {
    private static final Biller BILLER = new Biller();
    private static final String OTHER = "alipay";

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final RefundStore refunds = new RefundStore(anju.domains().vault);

    OtherChannelIT() {
        super(anju, BILLER);
    }

    @Test
    void knows_no_order_of_this_one() {
        var order = Orders.open(anju, BILLER.bill(anju, PAID_FEN, payer().id()), PAID_FEN);
        var now = anju.clock().instant();
        var told = new ChannelPayment(
                PaymentState.PAID,
                "1900000001",
                "wxsimulated0000001",
                order.outTradeNo(),
                "2088000000000001",
                PAID_FEN,
                "CNY",
                now);
        var settlement = new Settlement(anju.db(), new LedgerService(), refunds, new ToldDifferences(), () -> BILLER);
        Anju.await(settlement.payment(other(), told, now));
        assertThat(stateOf(order)).isEqualTo(OrderState.OPEN);
        assertThat(items(order.outTradeNo())).containsExactly(OTHER + " unknown-order");
        Anju.await(settlement.payment(anju.domains().payments.provider(), told, now));
        assertThat(stateOf(order)).isEqualTo(OrderState.PAID);
    }

    private static OrderState stateOf(PaymentOrder order) {
        return Anju.await(new PaymentStore().find(anju.db(), order.id()))
                .orElseThrow()
                .state();
    }

    @Test
    void knows_no_refund_of_this_one() {
        issue(cashier(), 1_000).expect(201);
        var refund = Anju.await(anju.db()
                        .find(
                                "SELECT r.out_refund_no, p.out_trade_no FROM payment.refund r JOIN payment.payment p ON p.id = r.payment_id WHERE p.id = $1",
                                row -> List.of(row.getString("out_refund_no"), row.getString("out_trade_no")),
                                UUID.fromString(paymentId())))
                .orElseThrow();
        var now = anju.clock().instant();
        var told = new ChannelRefund(
                RefundState.SUCCESS,
                "1900000001",
                "CNY",
                refund.get(1),
                refund.get(0),
                "2088000000000002",
                1_000,
                PAID_FEN,
                now);
        var settlement =
                new RefundSettlement(anju.db(), new LedgerService(), refunds, new ToldDifferences(), () -> BILLER);
        Anju.await(settlement.take(other(), told, now));
        assertThat(state(0)).isEqualTo("approved");
        assertThat(items(refund.get(0))).containsExactly(OTHER + " unknown-refund");
    }

    /** It would say that it knows none of them, and what waits to be closed would be closed. */
    @Test
    void is_asked_about_nothing_of_this_one() {
        Orders.open(anju, BILLER.bill(anju, PAID_FEN, payer().id()), PAID_FEN);
        issue(cashier(), 1_000).expect(201);
        var later = anju.clock().instant().plus(Duration.ofDays(2));
        var ladder = new Integer[] {30};
        var orders = new PaymentStore();
        assertThat(Anju.await(orders.takeDue(anju.db(), OTHER, later, ladder, 50)))
                .isEmpty();
        assertThat(Anju.await(orders.takeDue(anju.db(), "wechat", later, ladder, 50)))
                .isNotEmpty();
        assertThat(Anju.await(refunds.takeDue(anju.db(), OTHER, later, ladder, 50)))
                .isEmpty();
        assertThat(Anju.await(refunds.takeDue(anju.db(), "wechat", later, ladder, 50)))
                .isNotEmpty();
    }

    /** WeChat's own client under another name. */
    private static PaymentProvider other() {
        var real = anju.domains().payments.provider();
        return (PaymentProvider) Proxy.newProxyInstance(
                PaymentProvider.class.getClassLoader(),
                new Class<?>[] {PaymentProvider.class},
                (proxy, method, values) -> method.getName().equals("channel") ? OTHER : method.invoke(real, values));
    }

    private static List<String> items(String subject) {
        return Anju.await(anju.db()
                .list(
                        "SELECT channel || ' ' || kind AS item FROM reconciliation.item WHERE subject = $1",
                        row -> row.getString("item"),
                        subject));
    }
}
