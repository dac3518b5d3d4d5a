package io.anju.payment;

import static io.anju.testing.Anju.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.anju.ledger.AccountKey;
import io.anju.ledger.AccountKind;
import io.anju.ledger.LedgerService;
import io.anju.payment.PaymentProvider.ChannelPayment;
import io.anju.payment.PaymentProvider.ChannelRefund;
import io.anju.payment.PaymentProvider.PaymentState;
import io.anju.payment.PaymentProvider.RefundState;
import io.anju.platform.http.CityCaller;
import io.anju.platform.http.InNameOf;
import io.anju.platform.http.Office;
import io.anju.reconciliation.ToldDifferences;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Seeds;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random histories of a lease's payments: bills, credit notes, orders, money told several times at once, closings, money
 * that comes late, refunds that succeed or fail. Many run side by side; each must end where a model that knows no
 * database and no concurrency ends. {@code -Danju.payment.histories}, {@code -Danju.seed}.
 */
class HistoryIT {
    private static final int HISTORIES = Integer.getInteger("anju.payment.histories", 1_000);
    private static final long SEED = Seeds.of(HistoryIT.class);
    private static final int AT_ONCE = 8;
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final LedgerService ledger = new LedgerService();
    private final RefundStore refundStore = new RefundStore(anju.domains().vault);
    private final PaymentStore orders = new PaymentStore();
    private final Differences differences = new ToldDifferences();
    private final Settlement settlement = new Settlement(anju.db(), ledger, refundStore, differences, () -> BILLER);
    private final RefundSettlement refunds =
            new RefundSettlement(anju.db(), ledger, refundStore, differences, () -> BILLER);
    private final RefundService desk = new RefundService(anju.db(), refundStore, Long.MAX_VALUE);
    private final CityCaller cashier =
            InNameOf.city(UUID.randomUUID(), Set.of(), new Office(Biller.CITY, "city", "3702", "测试"));

    /** What a lease comes to, by plain sums. */
    private static final class Model {
        long dueFen;
        long creditFen;
        long clearingFen;
        long pendingFen;

        void pay(long fen) {
            var settled = Math.min(fen, dueFen);
            dueFen -= settled;
            creditFen += fen - settled;
            clearingFen += fen;
        }

        void payLate(long fen) {
            pendingFen += fen;
            clearingFen += fen;
        }

        void giveBack(long fen) {
            var fromCredit = Math.min(fen, creditFen);
            creditFen -= fromCredit;
            dueFen += fen - fromCredit;
            clearingFen -= fen;
        }
    }

    @Test
    void end_where_a_single_threaded_model_ends() throws Exception {
        System.out.println(HISTORIES + " histories");
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        var tasks = IntStream.range(0, HISTORIES)
                .mapToObj(n -> (Callable<Model>) () -> new History(new Random(SEED + n)).run())
                .toList();
        long clearingFen = 0;
        long pendingFen = 0;
        for (var task : threads.invokeAll(tasks)) {
            clearingFen += task.get().clearingFen;
            pendingFen += task.get().pendingFen;
        }
        threads.shutdown();
        assertThat(balance(AccountKind.CLEARING)).isEqualTo(clearingFen);
        assertThat(balance(AccountKind.REFUNDS_PENDING)).isEqualTo(-pendingFen);
    }

    private long balance(AccountKind kind) {
        return await(ledger.balance(anju.db(), new AccountKey(Biller.CITY, kind, "wechat")));
    }

    /** One lease with one debt. */
    private final class History {
        private final Random random;
        private final Model model = new Model();
        private final Biller.Bill bill;
        private final List<PaymentOrder> paid = new ArrayList<>();
        private @Nullable PaymentOrder open;
        private int transactions;

        History(Random random) {
            this.random = random;
            model.dueFen = 1L + random.nextInt(100_000);
            bill = BILLER.bill(anju, model.dueFen, UUID.randomUUID());
        }

        Model run() {
            int steps = 4 + random.nextInt(9);
            for (int step = 0; step < steps; step++) {
                switch (random.nextInt(6)) {
                    case 0 -> creditNote();
                    case 1, 2 -> order();
                    case 3 -> tell();
                    case 4 -> close();
                    default -> refund();
                }
                check();
            }
            return model;
        }

        private void creditNote() {
            if (model.dueFen > 0) {
                long fen = 1 + random.nextLong(model.dueFen);
                BILLER.creditNote(anju, bill, fen);
                model.dueFen -= fen;
            }
        }

        private void order() {
            if (open == null) {
                open = Orders.open(anju, bill, 1 + random.nextInt(60_000));
            } else {
                tell();
            }
        }

        /** The same word several times at once. */
        private void tell() {
            if (open != null) {
                tell(open, false);
                open = null;
            }
        }

        private void tell(PaymentOrder order, boolean late) {
            var told = new ChannelPayment(
                    PaymentState.PAID,
                    "1900000001",
                    "wxsimulated0000001",
                    order.outTradeNo(),
                    "T" + order.outTradeNo().substring(7) + transactions++,
                    order.amountFen(),
                    "CNY",
                    anju.clock().instant());
            var provider = anju.domains().payments.provider();
            copies(() -> settlement.payment(provider, told, anju.clock().instant()));
            if (late) {
                model.payLate(order.amountFen());
            } else {
                model.pay(order.amountFen());
                paid.add(order);
            }
        }

        private void copies(Supplier<Future<Void>> work) {
            await(Future.all(IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(copy -> work.get())
                    .toList()));
        }

        private void close() {
            var order = open;
            if (order == null) {
                return;
            }
            await(anju.db()
                    .inTransaction(tx -> orders.lock(tx, order.id())
                            .compose(found -> orders.ended(tx, found.orElseThrow(), OrderState.CLOSED))));
            open = null;
            if (random.nextBoolean()) {
                tell(order, true);
                settleLate(order);
            }
        }

        /** The money that came late goes back, or has not yet. */
        private void settleLate(PaymentOrder order) {
            if (random.nextBoolean()) {
                var refund = await(refundStore.ofPayments(anju.db(), List.of(order.id())))
                        .get(0);
                tellRefund(order, refund, RefundState.SUCCESS);
                model.pendingFen -= order.amountFen();
                model.clearingFen -= order.amountFen();
            }
        }

        private void refund() {
            if (paid.isEmpty()) {
                return;
            }
            var order = await(orders.find(
                            anju.db(), paid.get(random.nextInt(paid.size())).id()))
                    .orElseThrow();
            long leftFen = order.amountFen() - order.reservedFen();
            if (leftFen == 0) {
                return;
            }
            long fen = 1 + random.nextLong(leftFen);
            var refund = await(anju.db()
                    .inTransaction(tx -> desk.issue(
                            tx, cashier, order.id(), fen, "试验", anju.clock().instant())));
            boolean succeeds = random.nextInt(4) > 0;
            tellRefund(order, refund, succeeds ? RefundState.SUCCESS : RefundState.CLOSED);
            if (succeeds) {
                model.giveBack(fen);
            }
        }

        private void tellRefund(PaymentOrder order, RefundOrder refund, RefundState state) {
            var told = new ChannelRefund(
                    state,
                    null,
                    "CNY",
                    order.outTradeNo(),
                    refund.outRefundNo(),
                    "50" + refund.outRefundNo().substring(7),
                    refund.amountFen(),
                    order.amountFen(),
                    state == RefundState.SUCCESS ? anju.clock().instant() : null);
            var provider = anju.domains().payments.provider();
            copies(() -> refunds.take(provider, told, anju.clock().instant()));
        }

        private void check() {
            assertThat(BILLER.dueFen(anju, bill)).isEqualTo(model.dueFen);
            assertThat(BILLER.creditFen(anju, bill.leaseId())).isEqualTo(model.creditFen);
        }
    }
}
