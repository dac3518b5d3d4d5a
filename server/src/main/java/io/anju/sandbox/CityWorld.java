package io.anju.sandbox;

import io.vertx.core.Future;
import java.time.Instant;

/** What stands around a city while its history happens: clocks that go with it, and phones that pay. */
public interface CityWorld {
    /** A city by itself, where nobody pays. */
    CityWorld NONE = new CityWorld() {
        @Override
        public void dawns(Instant day) {}

        @Override
        public boolean canPay() {
            return false;
        }

        @Override
        public Future<Void> pay(String outTradeNo) {
            return Future.failedFuture(new IllegalStateException("nobody pays here"));
        }
    };

    /** A day of the history begins. */
    void dawns(Instant day);

    boolean canPay();

    /** Somebody pays this order with their phone; the merchant has been told when this is done. */
    Future<Void> pay(String outTradeNo);
}
