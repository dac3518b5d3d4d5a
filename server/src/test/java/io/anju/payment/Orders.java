package io.anju.payment;

import io.anju.platform.db.Ids;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Orders that wait to be paid, made without the channel: for tests that play it themselves. */
final class Orders {
    private static final PaymentStore STORE = new PaymentStore();

    private Orders() {}

    static PaymentOrder open(Anju anju, Biller.Bill bill, long fen) {
        return Anju.await(openLater(anju, bill, fen));
    }

    static Future<PaymentOrder> openLater(Anju anju, Biller.Bill bill, long fen) {
        var now = anju.clock().instant();
        var id = Ids.next(now);
        var order = new PaymentOrder(
                id,
                Biller.CITY,
                bill.payers().iterator().next(),
                bill.leaseId(),
                "wechat",
                OrderNumbers.ofPayment(Biller.CITY, id),
                List.of(bill.id()),
                "租金",
                fen,
                OrderState.CREATED,
                1,
                now,
                now.plus(Duration.ofMinutes(30)),
                null,
                null,
                null,
                0,
                0,
                0,
                0);
        return anju.db()
                .inTransaction(tx -> STORE.insert(tx, order, UUID.randomUUID().toString(), now.plusSeconds(86_400))
                        .compose(inserted -> STORE.opened(tx, order, "wx" + id)))
                .compose(opened -> STORE.find(anju.db(), id))
                .map(found -> found.orElseThrow());
    }
}
