package io.anju.sandbox;

import io.anju.sandbox.wechatpay.WeChatPaySimulator;
import io.vertx.core.Future;
import java.time.Instant;

/** The demo's clock and its WeChat Pay, while the city's history happens: what is paid is paid on its own day. */
record DemoWorld(DemoClock clock, WeChatPaySimulator wechatPay) implements CityWorld {
    @Override
    public void dawns(Instant day) {
        clock.standAt(day);
    }

    @Override
    public boolean canPay() {
        return true;
    }

    @Override
    public Future<Void> pay(String outTradeNo) {
        return wechatPay.payAndDeliver(outTradeNo).mapEmpty();
    }
}
