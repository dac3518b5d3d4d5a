package io.anju.sandbox.wechatpay;

import io.anju.sandbox.Simulators;
import io.anju.testing.Anju;
import io.anju.testing.MovableClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A simulator, a merchant, and a listener for the merchant's notices, new for each test. */
final class Pay implements BeforeEachCallback, AfterEachCallback {
    final MovableClock clock = new MovableClock(Anju.START);
    /** What the listener answers. */
    final AtomicInteger answer = new AtomicInteger(204);

    private final ConcurrentLinkedQueue<Heard> heard = new ConcurrentLinkedQueue<>();

    @SuppressWarnings("NullAway.Init")
    Vertx vertx;

    @SuppressWarnings("NullAway.Init")
    Simulators simulators;

    @SuppressWarnings("NullAway.Init")
    Merchant merchant;

    @SuppressWarnings("NullAway.Init")
    private HttpServer listener;

    /** A delivery as it came. */
    record Heard(Map<String, String> headers, String body) {
        String message() {
            return headers.get("wechatpay-timestamp") + "\n" + headers.get("wechatpay-nonce") + "\n" + body + "\n";
        }

        String signature() {
            return String.valueOf(headers.get("wechatpay-signature"));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        vertx = Vertx.vertx();
        simulators = Anju.await(Simulators.start(vertx, clock, 0));
        merchant = new Merchant(URI.create(simulators.url()), clock);
        listener = Anju.await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    var headers = new HashMap<String, String>();
                    request.headers()
                            .forEach(each -> headers.put(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
                    heard.add(new Heard(headers, body.toString()));
                    request.response().setStatusCode(answer.get()).end();
                }))
                .listen(0, "127.0.0.1"));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Anju.await(simulators.close());
        Anju.await(vertx.close());
    }

    String notifyUrl() {
        return "http://127.0.0.1:" + listener.actualPort() + "/notices";
    }

    /** An order that a payer may pay. */
    void order(String outTradeNo, long totalFen) {
        var reply = merchant.post("/v3/pay/transactions/jsapi", Merchant.order(outTradeNo, totalFen, notifyUrl()));
        if (reply.status() != 200) {
            throw new AssertionError(reply.body());
        }
    }

    /** An order that was paid. */
    void paid(String outTradeNo, long totalFen) {
        order(outTradeNo, totalFen);
        simulators.pay().pay(outTradeNo, false);
    }

    void arm(PaySwitches.Effect effect, int times, String value) {
        simulators.pay().switches().arm(effect, times, "", value);
    }

    int deliver() {
        return Anju.await(simulators.pay().deliverDue());
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }
}
