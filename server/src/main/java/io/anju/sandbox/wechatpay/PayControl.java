package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.json.PlainJson;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.PayRefund.Status;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.function.Function;

/**
 * The hand that a test, or the viewer of a demo, has in the simulated WeChat Pay.
 *
 * <table>
 *   <caption>Control</caption>
 *   <tr><td>{@code POST /control/wechat-pay/payments}</td><td>pays as the payer's phone does: with what
 *   {@code requestPayment} takes, whose {@code paySign} is checked, or with {@code outTradeNo} alone;
 *   {@code afterClose: true} for a payment that was under way when the order was closed</td></tr>
 *   <tr><td>{@code POST /control/wechat-pay/refunds}</td><td>ends a refund that is held: {@code outRefundNo},
 *   {@code status}</td></tr>
 *   <tr><td>{@code POST /control/wechat-pay/switches}</td><td>{@code effect}, {@code times}, {@code operation},
 *   {@code value}: see {@link PaySwitches.Effect}</td></tr>
 *   <tr><td>{@code DELETE /control/wechat-pay/switches}</td><td>ordinary again</td></tr>
 *   <tr><td>{@code POST /control/wechat-pay/deliveries}</td><td>delivers the notices that are due by the clock</td></tr>
 *   <tr><td>{@code GET /control/wechat-pay/notices}</td><td>the notices that wait</td></tr>
 *   <tr><td>{@code POST /control/wechat-pay/serial}</td><td>{@code serial}: which platform key signs notices</td></tr>
 * </table>
 */
final class PayControl {
    private static final ObjectMapper JSON = PlainJson.mapper();

    private final WeChatPaySimulator simulator;
    private final InstantSource clock;
    private final PayKeys keys;

    PayControl(WeChatPaySimulator simulator, InstantSource clock, PayKeys keys) {
        this.simulator = simulator;
        this.clock = clock;
        this.keys = keys;
    }

    void mount(Router router) {
        router.post("/control/wechat-pay/payments").handler(http -> run(http, this::pay));
        router.post("/control/wechat-pay/refunds").handler(http -> run(http, this::settleRefund));
        router.post("/control/wechat-pay/switches").handler(http -> run(http, this::arm));
        router.delete("/control/wechat-pay/switches")
                .handler(http -> run(http, body -> {
                    simulator.switches().clear();
                    return Future.succeededFuture(PayDocuments.object());
                }));
        router.post("/control/wechat-pay/deliveries")
                .handler(http -> run(
                        http,
                        body -> simulator
                                .deliverDue()
                                .map(count -> PayDocuments.object().put("delivered", count))));
        router.get("/control/wechat-pay/notices").handler(http -> run(http, body -> notices()));
        router.post("/control/wechat-pay/serial")
                .handler(http -> run(http, body -> {
                    simulator.signNoticesWith(body.path("serial").asText());
                    return Future.succeededFuture(PayDocuments.object());
                }));
    }

    private Future<ObjectNode> pay(JsonNode body) {
        var outTradeNo =
                body.has("paySign") ? orderOf(body) : body.path("outTradeNo").asText();
        var order = simulator.pay(outTradeNo, body.path("afterClose").asBoolean());
        return Future.succeededFuture(PayDocuments.object()
                .put("outTradeNo", order.outTradeNo())
                .put("transactionId", order.transactionId())
                .put("paidFen", order.terms().totalFen()));
    }

    /** What the WeChat app checks before it shows the amount: that the merchant signed what the mini-program passes. */
    private String orderOf(JsonNode body) {
        var appId = body.path("appId").asText(Simulators.APP_ID);
        var packageText = body.path("package").asText();
        var message = String.join(
                        "\n",
                        appId,
                        body.path("timeStamp").asText(),
                        body.path("nonceStr").asText(),
                        packageText)
                + "\n";
        if (!body.path("signType").asText().equals("RSA")
                || !appId.equals(Simulators.APP_ID)
                || !keys.isSignedByMerchant(message, body.path("paySign").asText())) {
            throw new PayFault(PayError.SIGN_ERROR, "支付验证签名失败");
        }
        return simulator
                .book()
                .findByPrepayId(packageText.startsWith("prepay_id=") ? packageText.substring(10) : null)
                .orElseThrow(() -> new PayFault(PayError.ORDER_NOT_EXIST))
                .outTradeNo();
    }

    private Future<ObjectNode> settleRefund(JsonNode body) {
        var refund = simulator.settleRefund(
                body.path("outRefundNo").asText(),
                Status.valueOf(body.path("status").asText()));
        return Future.succeededFuture(PayDocuments.refund(refund));
    }

    private Future<ObjectNode> arm(JsonNode body) {
        var effect = Effect.find(body.path("effect").asText())
                .orElseThrow(() -> new PayFault(PayError.PARAM_ERROR, "effect不存在"));
        simulator
                .switches()
                .arm(
                        effect,
                        body.path("times").asInt(1),
                        body.path("operation").asText(""),
                        body.path("value").asText(""));
        return Future.succeededFuture(PayDocuments.object());
    }

    private Future<ObjectNode> notices() {
        var document = PayDocuments.object();
        var items = document.putArray("items");
        simulator
                .waitingNotices()
                .forEach(notice -> items.addObject()
                        .put("id", notice.id())
                        .put("eventType", notice.eventType())
                        .put("attempts", notice.attempts())
                        .put("dueAt", notice.dueAt().toString()));
        return Future.succeededFuture(document.put("now", clock.instant().toString()));
    }

    private static void run(RoutingContext http, Function<JsonNode, Future<ObjectNode>> work) {
        try {
            var sent = http.body().buffer();
            var body = sent == null || sent.length() == 0 ? PayDocuments.object() : JSON.readTree(sent.getBytes());
            work.apply(body).onSuccess(done -> answer(http, 200, done)).onFailure(http::fail);
        } catch (PayFault fault) {
            answer(
                    http,
                    409,
                    PayDocuments.object().put("code", fault.error().name()).put("message", fault.text()));
        } catch (IOException | IllegalArgumentException e) {
            answer(http, 400, PayDocuments.object().put("message", "no such request"));
        }
    }

    private static void answer(RoutingContext http, int status, ObjectNode document) {
        http.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .end(document + "\n");
    }
}
