package io.anju.sandbox.wechatpay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.sandbox.wechatpay.PayRefund.Status;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import io.anju.sandbox.wechatpay.RefundBook.Wish;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** WeChat Pay's operations for merchants: each checks the request's signature and signs its answer. */
final class PayEndpoints {
    private final Vertx vertx;
    private final InstantSource clock;
    private final PayKeys keys;
    private final MerchantSignature signature;
    private final PaySwitches switches;
    private final PayBook orders;
    private final RefundBook refunds;
    private final BillDownloads bills;
    private final Function<String, Future<Integer>> makeAndTell;

    /** @param makeAndTell makes the refund of this number, and delivers the notice of it */
    PayEndpoints(
            Vertx vertx,
            InstantSource clock,
            PayKeys keys,
            PaySwitches switches,
            PayBook orders,
            RefundBook refunds,
            BillDownloads bills,
            Function<String, Future<Integer>> makeAndTell) {
        this.vertx = vertx;
        this.clock = clock;
        this.keys = keys;
        this.signature = new MerchantSignature(keys);
        this.switches = switches;
        this.orders = orders;
        this.refunds = refunds;
        this.bills = bills;
        this.makeAndTell = makeAndTell;
    }

    /** What an operation does; a missing answer is a 204. */
    private interface Work extends BiFunction<RoutingContext, Instant, Future<@Nullable ObjectNode>> {}

    void mount(Router router) {
        router.post("/v3/pay/transactions/jsapi").handler(http -> run(http, "prepay", this::prepay));
        router.get("/v3/pay/transactions/out-trade-no/:number").handler(http -> run(http, "query", this::query));
        router.get("/v3/pay/transactions/id/:number").handler(http -> run(http, "query", this::queryById));
        router.post("/v3/pay/transactions/out-trade-no/:number/close").handler(http -> run(http, "close", this::close));
        router.post("/v3/refund/domestic/refunds").handler(http -> run(http, "refund", this::refund));
        router.get("/v3/refund/domestic/refunds/:number").handler(http -> run(http, "query-refund", this::queryRefund));
        router.get("/v3/bill/tradebill").handler(http -> run(http, "bill", this::bill));
        router.get("/v3/certificates").handler(http -> run(http, "certificates", this::certificates));
        router.get("/v3/billdownload/file").handler(this::download);
    }

    private Future<@Nullable ObjectNode> prepay(RoutingContext http, Instant now) {
        var body = PayRequests.json(body(http));
        var order = orders.prepay(PayRequests.outTradeNo(body), PayRequests.terms(body, now), now);
        return answer(PayDocuments.object().put("prepay_id", order.prepayId()));
    }

    private Future<@Nullable ObjectNode> query(RoutingContext http, Instant now) {
        PayRequests.requireMerchant(http.queryParams().get("mchid"));
        return answer(PayDocuments.transaction(orders.get(http.pathParam("number"))));
    }

    private Future<@Nullable ObjectNode> queryById(RoutingContext http, Instant now) {
        PayRequests.requireMerchant(http.queryParams().get("mchid"));
        return answer(PayDocuments.transaction(orders.getByTransactionId(http.pathParam("number"))));
    }

    private Future<@Nullable ObjectNode> close(RoutingContext http, Instant now) {
        PayRequests.requireMerchant(PayRequests.json(body(http)).path("mchid").asText(null));
        orders.close(http.pathParam("number"));
        return Future.succeededFuture();
    }

    private Future<@Nullable ObjectNode> refund(RoutingContext http, Instant now) {
        var body = PayRequests.json(body(http));
        var amount = body.path("amount");
        var notifyUrl = body.path("notify_url").asText(null);
        var wish = new Wish(
                orderOf(body),
                PayRequests.outRefundNo(body),
                PayRequests.fen(amount, "refund"),
                PayRequests.fen(amount, "total"),
                PayRequests.currency(amount),
                notifyUrl == null ? null : PayRequests.notifyUrl(notifyUrl));
        var outcome = switches.isTaken(Effect.HOLD_REFUND)
                ? Status.PROCESSING
                : switches.take(Effect.FAIL_REFUND).map(Status::valueOf).orElse(Status.SUCCESS);
        var accepted = refunds.accept(wish, outcome, now);
        var answer = PayDocuments.refund(accepted);
        return switches.isTaken(Effect.NOTICE_BEFORE_ANSWER)
                ? makeAndTell.apply(accepted.outRefundNo()).map(answer)
                : answer(answer);
    }

    private PayOrder orderOf(JsonNode body) {
        try {
            return body.has("transaction_id")
                    ? orders.getByTransactionId(body.path("transaction_id").asText())
                    : orders.get(PayRequests.outTradeNo(body));
        } catch (PayFault fault) {
            throw fault.error() == PayError.ORDER_NOT_EXIST ? new PayFault(PayError.RESOURCE_NOT_EXISTS) : fault;
        }
    }

    private Future<@Nullable ObjectNode> queryRefund(RoutingContext http, Instant now) {
        return answer(PayDocuments.refund(refunds.get(http.pathParam("number"))));
    }

    private Future<@Nullable ObjectNode> bill(RoutingContext http, Instant now) {
        var query = http.queryParams();
        var base = http.request().scheme() + "://" + http.request().authority();
        return vertx.executeBlocking(
                () -> bills.make(query.get("bill_date"), query.get("bill_type"), query.get("tar_type"), base, now));
    }

    private Future<@Nullable ObjectNode> certificates(RoutingContext http, Instant now) {
        var nonce = PayKeys.nonce(12);
        var document = PayDocuments.object();
        var one = document.putArray("data")
                .addObject()
                .put("serial_no", keys.platformCertificateSerial())
                .put(
                        "effective_time",
                        PayDocuments.time(
                                PlatformCertificate.FROM.atStartOfDay().toInstant(ZoneOffset.UTC)))
                .put(
                        "expire_time",
                        PayDocuments.time(PlatformCertificate.TO.atStartOfDay().toInstant(ZoneOffset.UTC)));
        one.putObject("encrypt_certificate")
                .put("algorithm", "AEAD_AES_256_GCM")
                .put("nonce", nonce)
                .put("associated_data", "certificate")
                .put("ciphertext", PayKeys.seal(keys.platformCertificatePem(), nonce, "certificate"));
        return answer(document);
    }

    /** The file itself comes without a signature; its digest was in the signed answer. */
    private void download(RoutingContext http) {
        try {
            var now = clock.instant();
            requireSignature(http, now);
            var file = bills.get(http.queryParams().get("token"), now);
            http.response()
                    .putHeader("Content-Type", "application/octet-stream")
                    .sendFile(file.toString())
                    .onFailure(http::fail);
        } catch (PayFault fault) {
            send(http, "download", fault.error().status(), error(fault));
        }
    }

    private void run(RoutingContext http, String operation, Work work) {
        var now = clock.instant();
        Future.future(promise -> {
                    requireSignature(http, now);
                    switches.take(Effect.ANSWER_ERROR, operation).ifPresent(code -> {
                        throw new PayFault(PayError.valueOf(code));
                    });
                    work.apply(http, now).onComplete(done -> {
                        if (done.succeeded()) {
                            promise.complete(done.result());
                        } else {
                            promise.fail(done.cause());
                        }
                    });
                })
                .onSuccess(done -> {
                    if (switches.take(Effect.LOSE_ANSWER, operation).isPresent()) {
                        http.request().connection().close();
                    } else {
                        send(http, operation, done == null ? 204 : 200, (ObjectNode) done);
                    }
                })
                .onFailure(failure -> {
                    if (failure instanceof PayFault fault) {
                        send(http, operation, fault.error().status(), error(fault));
                    } else {
                        http.fail(failure);
                    }
                });
    }

    private void requireSignature(RoutingContext http, Instant now) {
        var request = http.request();
        signature.require(request.method().name(), request.uri(), request.getHeader("Authorization"), body(http), now);
    }

    private void send(RoutingContext http, String operation, int status, @Nullable ObjectNode document) {
        var body = document == null ? "" : document.toString();
        var timestamp = String.valueOf(clock.instant().getEpochSecond());
        var nonce = PayKeys.nonce(32);
        var serial = serialFor(http);
        var signed = switches.take(Effect.FORGE_ANSWER, operation).isPresent() ? "something else" : body;
        http.response()
                .setStatusCode(status)
                .putHeader("Request-ID", UUID.randomUUID().toString())
                .putHeader("Wechatpay-Timestamp", timestamp)
                .putHeader("Wechatpay-Nonce", nonce)
                .putHeader("Wechatpay-Serial", serial)
                .putHeader("Wechatpay-Signature", keys.sign(serial, timestamp + "\n" + nonce + "\n" + signed + "\n"))
                .putHeader("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        if (document != null) {
            http.response().putHeader("Content-Type", "application/json; charset=utf-8");
        }
        http.response().end(body);
    }

    /** The key that the merchant says it has; the public key for one that says nothing. */
    private String serialFor(RoutingContext http) {
        var wanted = http.request().getHeader("Wechatpay-Serial");
        return wanted != null && keys.isPlatformSerial(wanted) ? wanted : keys.platformPublicKeyId();
    }

    private static ObjectNode error(PayFault fault) {
        return PayDocuments.object().put("code", fault.error().name()).put("message", fault.text());
    }

    private static Future<@Nullable ObjectNode> answer(ObjectNode document) {
        return Future.succeededFuture(document);
    }

    private static String body(RoutingContext http) {
        var body = http.body().buffer();
        return body == null ? "" : body.toString(StandardCharsets.UTF_8);
    }
}
