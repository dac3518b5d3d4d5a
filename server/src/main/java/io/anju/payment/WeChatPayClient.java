package io.anju.payment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.payment.ChannelFailure.Kind;
import io.anju.platform.config.Settings;
import io.anju.platform.time.Shanghai;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WeChat Pay v3 for mini-programs (JSAPI), signed and verified with the JDK. An answer counts only with the platform's
 * signature; without it nobody knows what happened. Nothing is sent twice from here: whoever calls decides.
 */
final class WeChatPayClient implements PaymentProvider {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatPayClient.class);
    private static final String CHANNEL = "wechat";
    private static final String CURRENCY = "CNY";
    private static final int CONNECT_TIMEOUT_MILLIS = 3_000;
    private static final long TIMEOUT_MILLIS = 8_000;
    private static final long DOWNLOAD_TIMEOUT_MILLIS = 120_000;
    /** As WeChat's documents write times: seconds always, which {@link OffsetDateTime#toString} leaves out at a full minute. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");

    private static final int CONNECTIONS = 32;

    private final WebClient client;
    private final BillFiles bills;
    private final URI base;
    private final String merchantId;
    private final String merchantSerial;
    private final String appId;
    private final Supplier<String> noticeUrl;
    private final WeChatPayKeys keys;
    private final WeChatPaySignature signature;
    private final InstantSource clock;

    /** @param noticeUrl where WeChat tells us what happened, reachable from outside */
    WeChatPayClient(
            Vertx vertx,
            Settings.WeChatPay settings,
            String appId,
            Supplier<String> noticeUrl,
            WeChatPayKeys keys,
            InstantSource clock) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS).setFollowRedirects(false),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.bills = new BillFiles(vertx);
        this.base = settings.url();
        this.merchantId = Objects.requireNonNull(settings.merchantId());
        this.merchantSerial = Objects.requireNonNull(settings.merchantSerial());
        this.appId = appId;
        this.noticeUrl = noticeUrl;
        this.keys = keys;
        this.signature = new WeChatPaySignature(keys);
        this.clock = clock;
    }

    @Override
    public String channel() {
        return CHANNEL;
    }

    @Override
    public boolean accepts(ChannelPayment payment) {
        return payment.merchantId().equals(merchantId)
                && payment.appId().equals(appId)
                && payment.currency().equals(CURRENCY);
    }

    @Override
    public boolean accepts(ChannelRefund refund) {
        return Objects.requireNonNullElse(refund.merchantId(), merchantId).equals(merchantId)
                && Objects.requireNonNullElse(refund.currency(), CURRENCY).equals(CURRENCY);
    }

    @Override
    public Future<String> prepay(Prepay order) {
        var body = object();
        body.put("appid", appId)
                .put("mchid", merchantId)
                .put("description", order.description())
                .put("out_trade_no", order.outTradeNo())
                .put("time_expire", TIME.format(order.expiresAt().atZone(Shanghai.ZONE)))
                .put("notify_url", noticeUrl.get());
        body.putObject("amount").put("total", order.amountFen()).put("currency", CURRENCY);
        body.putObject("payer").put("openid", order.payerId());
        return call(HttpMethod.POST, "/v3/pay/transactions/jsapi", body)
                .map(answer -> WeChatPayJson.text(answer, "prepay_id"))
                .recover(WeChatPayClient::unreadable);
    }

    @Override
    public RequestPayment requestPayment(String prepayId, Instant now) {
        var timeStamp = Long.toString(now.getEpochSecond());
        var nonce = WeChatPaySignature.nonce();
        var packageValue = "prepay_id=" + prepayId;
        return new RequestPayment(
                timeStamp, nonce, packageValue, "RSA", signature.sign(appId, timeStamp, nonce, packageValue));
    }

    @Override
    public Future<Optional<ChannelPayment>> query(String outTradeNo) {
        return call(
                        HttpMethod.GET,
                        "/v3/pay/transactions/out-trade-no/" + inPath(outTradeNo) + "?mchid=" + inPath(merchantId),
                        null)
                .map(answer -> Optional.of(WeChatPayJson.payment(answer)))
                .recover(WeChatPayClient::unreadable)
                .recover(failure -> absentIf(failure, "ORDER_NOT_EXIST"));
    }

    @Override
    public Future<Void> close(String outTradeNo) {
        return call(
                        HttpMethod.POST,
                        "/v3/pay/transactions/out-trade-no/" + inPath(outTradeNo) + "/close",
                        object().put("mchid", merchantId))
                .mapEmpty();
    }

    @Override
    public Future<ChannelRefund> refund(RefundCall refund) {
        var body = object();
        body.put("out_trade_no", refund.outTradeNo())
                .put("out_refund_no", refund.outRefundNo())
                .put("notify_url", noticeUrl.get());
        body.putObject("amount")
                .put("refund", refund.amountFen())
                .put("total", refund.orderFen())
                .put("currency", CURRENCY);
        return call(HttpMethod.POST, "/v3/refund/domestic/refunds", body)
                .map(WeChatPayJson::refund)
                .recover(WeChatPayClient::unreadable);
    }

    @Override
    public Future<Optional<ChannelRefund>> queryRefund(String outRefundNo) {
        return call(HttpMethod.GET, "/v3/refund/domestic/refunds/" + inPath(outRefundNo), null)
                .map(answer -> Optional.of(WeChatPayJson.refund(answer)))
                .recover(WeChatPayClient::unreadable)
                .recover(failure -> absentIf(failure, "RESOURCE_NOT_EXISTS"));
    }

    @Override
    public Future<Optional<Path>> tradeBill(LocalDate date) {
        return call(HttpMethod.GET, "/v3/bill/tradebill?bill_date=" + date + "&bill_type=ALL&tar_type=GZIP", null)
                .compose(answer -> download(answer).map(Optional::of))
                .recover(WeChatPayClient::unreadable)
                .recover(failure -> absentIf(failure, "NO_STATEMENT_EXIST"));
    }

    /** The file comes unsigned; its digest was in the signed answer. The link lives for minutes only. */
    private Future<Path> download(JsonNode answer) {
        if (!"SHA1".equals(answer.path("hash_type").asText())) {
            throw new WeChatPayJson.Unreadable("hash_type");
        }
        var wanted = WeChatPayJson.text(answer, "hash_value").toLowerCase(Locale.ROOT);
        var link = URI.create(WeChatPayJson.text(answer, "download_url"));
        var path = link.getRawPath() + (link.getRawQuery() == null ? "" : "?" + link.getRawQuery());
        return bills.fetch(
                to -> client.getAbs(link.toString())
                        .timeout(DOWNLOAD_TIMEOUT_MILLIS)
                        .putHeader("Authorization", authorization(HttpMethod.GET, path, ""))
                        .putHeader("Accept", "*/*")
                        .as(BodyCodec.pipe(to))
                        .send()
                        .recover(WeChatPayClient::noAnswer)
                        .compose(file -> file.statusCode() == 200
                                ? Future.succeededFuture()
                                : unknown("HTTP_" + file.statusCode())),
                wanted);
    }

    @Override
    public Notice read(NoticeMessage message, Instant now) {
        var body = message.body().getBytes();
        signature.require(message.serial(), message.timestamp(), message.nonce(), message.signature(), body, now);
        try {
            var notice = WeChatPayJson.read(body);
            var resource = notice.path("resource");
            if (!"AEAD_AES_256_GCM".equals(resource.path("algorithm").asText())) {
                throw new UntrustedNotice("unreadable");
            }
            var opened = WeChatPayJson.read(signature.open(
                    WeChatPayJson.text(resource, "nonce"),
                    resource.path("associated_data").asText(""),
                    WeChatPayJson.text(resource, "ciphertext")));
            var id = WeChatPayJson.text(notice, "id");
            var kind = WeChatPayJson.text(notice, "event_type");
            return kind.startsWith("REFUND.")
                    ? new Notice(id, null, WeChatPayJson.refund(opened))
                    : new Notice(id, WeChatPayJson.payment(opened), null);
        } catch (WeChatPayJson.Unreadable e) {
            throw new UntrustedNotice("unreadable");
        }
    }

    private Future<JsonNode> call(HttpMethod method, String pathAndQuery, @Nullable ObjectNode body) {
        var text = body == null ? "" : body.toString();
        var request = client.requestAbs(method, base + pathAndQuery)
                .timeout(TIMEOUT_MILLIS)
                .putHeader("Authorization", authorization(method, pathAndQuery, text))
                .putHeader("Accept", "application/json")
                .putHeader("Accept-Language", "zh-CN");
        var publicKeyId = keys.publicKeyId();
        if (publicKeyId != null) {
            request.putHeader("Wechatpay-Serial", publicKeyId);
        }
        if (body != null) {
            request.putHeader("Content-Type", "application/json");
        }
        return (body == null ? request.send() : request.sendBuffer(Buffer.buffer(text)))
                .recover(WeChatPayClient::noAnswer)
                .compose(this::read);
    }

    private String authorization(HttpMethod method, String pathAndQuery, String body) {
        return signature.authorization(
                merchantId,
                merchantSerial,
                method.name(),
                pathAndQuery,
                body,
                WeChatPaySignature.nonce(),
                clock.instant());
    }

    private Future<JsonNode> read(HttpResponse<Buffer> answer) {
        var body = answer.body() == null ? new byte[0] : answer.body().getBytes();
        try {
            signature.require(
                    answer.getHeader("Wechatpay-Serial"),
                    answer.getHeader("Wechatpay-Timestamp"),
                    answer.getHeader("Wechatpay-Nonce"),
                    answer.getHeader("Wechatpay-Signature"),
                    body,
                    clock.instant());
        } catch (UntrustedNotice e) {
            LOG.warn("WeChat Pay answered {} with a signature that is {}", answer.statusCode(), e.reason());
            return unknown("UNTRUSTED_ANSWER");
        }
        var status = answer.statusCode();
        if (status / 100 == 2 && body.length == 0) {
            return Future.succeededFuture(object());
        }
        try {
            var document = WeChatPayJson.read(body);
            return status == 200
                    ? Future.succeededFuture(document)
                    : failed(status, document.path("code").asText(""));
        } catch (WeChatPayJson.Unreadable e) {
            return unknown("HTTP_" + status);
        }
    }

    private static <T> Future<T> failed(int status, String code) {
        LOG.info("WeChat Pay answers {} {}", status, code);
        // too many requests, or a signature or clock of ours that is wrong, says nothing of what was asked
        boolean declined = status / 100 == 4 && status != 401 && status != 429;
        return declined ? Future.failedFuture(new ChannelFailure(Kind.DECLINED, code)) : unknown(code);
    }

    private static <T> Future<T> noAnswer(Throwable failure) {
        LOG.warn("WeChat Pay does not answer: {}", failure.getClass().getName());
        return unknown("NO_ANSWER");
    }

    private static <T> Future<T> unreadable(Throwable failure) {
        return failure instanceof WeChatPayJson.Unreadable
                ? unknown("UNREADABLE_ANSWER")
                : Future.failedFuture(failure);
    }

    private static <T> Future<Optional<T>> absentIf(Throwable failure, String code) {
        return failure instanceof ChannelFailure told && told.kind() == Kind.DECLINED && told.is(code)
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure);
    }

    private static <T> Future<T> unknown(String code) {
        return Future.failedFuture(new ChannelFailure(Kind.UNKNOWN, code));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String inPath(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
