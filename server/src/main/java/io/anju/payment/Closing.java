package io.anju.payment;

import io.anju.payment.ChannelFailure.Kind;
import io.anju.payment.PaymentProvider.ChannelPayment;
import io.anju.payment.PaymentProvider.PaymentState;
import io.anju.platform.db.Db;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends orders that nobody has paid: told to the channel first, and true only when the channel has said so. */
final class Closing {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    /** When it is tried again where the channel does not answer. */
    private static final long PAUSE_SECONDS = 30;

    private final Db db;
    private final PaymentProvider provider;
    private final Settlement settlement;
    private final PaymentStore orders = new PaymentStore();
    private final PaymentEvents events = new PaymentEvents();

    Closing(Db db, PaymentProvider provider, Settlement settlement) {
        this.db = db;
        this.provider = provider;
        this.settlement = settlement;
    }

    /** Decides to close an order that waits; from here on no new one may be made for its bills until this is done. */
    Future<Void> begin(PaymentOrder order, Instant now) {
        return db.inTransaction(tx -> orders.lock(tx, order.id())
                .map(Optional::orElseThrow)
                .compose(locked -> locked.state() == OrderState.CREATED || locked.state() == OrderState.OPEN
                        ? orders.closing(tx, locked, now.plusSeconds(PAUSE_SECONDS))
                        : Future.succeededFuture()));
    }

    /** Closes an order at the channel. Succeeds also where the channel is silent: then it is tried again later. */
    Future<Void> finish(PaymentOrder order, Instant now) {
        return provider.close(order.outTradeNo())
                .compose(closed -> end(order))
                .recover(failure -> failure instanceof ChannelFailure told
                        ? resolve(order, told, now)
                        : Future.failedFuture(failure));
    }

    private Future<Void> resolve(PaymentOrder order, ChannelFailure told, Instant now) {
        if (told.kind() == Kind.UNKNOWN) {
            LOG.warn("closing order {}: {}", order.outTradeNo(), told.code());
            return Future.succeededFuture();
        }
        return ask(order, now);
    }

    /** Asks the channel how an order stands, and takes its word. */
    Future<Void> ask(PaymentOrder order, Instant now) {
        return provider.query(order.outTradeNo())
                .compose(told -> apply(order, told, now))
                .recover(failure -> failure instanceof ChannelFailure silent
                        ? stayAsItIs(order, silent)
                        : Future.failedFuture(failure));
    }

    private Future<Void> apply(PaymentOrder order, Optional<ChannelPayment> told, Instant now) {
        if (told.isPresent() && told.get().isPaid()) {
            return settlement.payment(provider, told.get(), now);
        }
        boolean gone = told.isEmpty()
                ? order.state() == OrderState.CLOSING
                : told.get().state() == PaymentState.CLOSED;
        return gone ? end(order) : Future.succeededFuture();
    }

    private static Future<Void> stayAsItIs(PaymentOrder order, ChannelFailure silent) {
        LOG.warn("asking about order {}: {}", order.outTradeNo(), silent.code());
        return Future.succeededFuture();
    }

    private Future<Void> end(PaymentOrder order) {
        return db.inTransaction(tx -> orders.lock(tx, order.id())
                .map(Optional::orElseThrow)
                .compose(locked -> locked.state().nextStates().contains(OrderState.CLOSED)
                        ? orders.ended(tx, locked, OrderState.CLOSED)
                                .compose(ended -> events.tell(tx, "closed", locked))
                        : Future.succeededFuture()));
    }
}
