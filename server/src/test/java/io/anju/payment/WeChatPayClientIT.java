package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.payment.PaymentProvider.Prepay;
import io.anju.payment.PaymentProvider.RefundCall;
import io.anju.platform.config.Settings;
import io.anju.testing.Anju;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every request byte for byte as WeChat Pay's documents write it, and what each kind of answer is taken for. */
class WeChatPayClientIT {
    private static final Instant NOW = Instant.parse("2026-03-04T01:00:00Z");
    private static final String MERCHANT_ID = "1900000001";
    private static final String SERIAL = "5157F09EFDC096DE15EBE81A47057A7232F1B8E1";
    private static final String NUMBER = "P3702000ABCDEFGHIJKLMNOPQRSTUVWX";
    private static final String NOTICES = "https://anju.example/callbacks/wechat-pay";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair MERCHANT = pair();
    private static final KeyPair PLATFORM = pair();

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, PublicKey> keys = new HashMap<>(Map.of("PUB_KEY_ID_01", PLATFORM.getPublic()));

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private volatile @Nullable Asked asked;
    private volatile Answer answer = new Answer(200, "{\"prepay_id\":\"wx0401\"}", "PUB_KEY_ID_01", Duration.ZERO);

    private record Asked(String method, String uri, MultiMap headers, String body) {}

    /** @param serial null for an answer without a signature */
    private record Answer(int status, String body, @Nullable String serial, Duration ago) {}

    @BeforeEach
    void listen() {
        server =
                Anju.await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    }

    @AfterEach
    void close() {
        Anju.await(vertx.close());
    }

    private void handle(HttpServerRequest http) {
        http.body().onSuccess(body -> {
            asked = new Asked(http.method().name(), http.uri(), http.headers(), body.toString(StandardCharsets.UTF_8));
            var response = http.response().setStatusCode(answer.status());
            if (answer.serial() != null) {
                var at = Long.toString(NOW.minus(answer.ago()).getEpochSecond());
                response.putHeader("Wechatpay-Serial", answer.serial())
                        .putHeader("Wechatpay-Timestamp", at)
                        .putHeader("Wechatpay-Nonce", "N")
                        .putHeader("Wechatpay-Signature", sign(at + "\nN\n" + answer.body() + "\n"));
            }
            response.end(answer.body());
        });
    }

    private WeChatPayClient client() {
        var settings = new Settings.WeChatPay(
                URI.create("http://127.0.0.1:" + server.actualPort()), MERCHANT_ID, SERIAL, null, null, null, 6);
        var all = new WeChatPayKeys(
                MERCHANT.getPrivate(), "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII), keys);
        return new WeChatPayClient(vertx, settings, "wxsimulated0000001", () -> NOTICES, all, () -> NOW);
    }

    /** At a full minute, which must not lose its seconds. */
    private static Future<String> prepay(PaymentProvider provider) {
        return provider.prepay(
                new Prepay(NUMBER, "2026-03-04至2026-03-31租金", 5_600, "oPayer", Instant.parse("2026-03-04T01:30:00Z")));
    }

    @Test
    void announces_an_order_as_the_documents_write_it() throws IOException, GeneralSecurityException {
        assertThat(Anju.await(prepay(client()))).isEqualTo("wx0401");
        requireAsked("POST", "/v3/pay/transactions/jsapi", """
                {"appid":"wxsimulated0000001","mchid":"1900000001","description":"2026-03-04至2026-03-31租金",
                 "out_trade_no":"P3702000ABCDEFGHIJKLMNOPQRSTUVWX","time_expire":"2026-03-04T09:30:00+08:00",
                 "notify_url":"https://anju.example/callbacks/wechat-pay",
                 "amount":{"total":5600,"currency":"CNY"},"payer":{"openid":"oPayer"}}""");
    }

    @Test
    void asks_closes_and_gives_back_as_the_documents_write_it() throws IOException, GeneralSecurityException {
        answer(404, "{\"code\":\"ORDER_NOT_EXIST\"}");
        assertThat(Anju.await(client().query(NUMBER))).isEmpty();
        requireAsked("GET", "/v3/pay/transactions/out-trade-no/" + NUMBER + "?mchid=1900000001", "");
        answer(204, "");
        Anju.await(client().close(NUMBER));
        requireAsked("POST", "/v3/pay/transactions/out-trade-no/" + NUMBER + "/close", "{\"mchid\":\"1900000001\"}");
        answer(200, """
                {"status":"PROCESSING","out_trade_no":"%s","out_refund_no":"R-1","refund_id":"50000000382019052709732678859",
                 "amount":{"refund":600,"total":5600,"currency":"CNY"}}""".formatted(NUMBER));
        var refund = Anju.await(client().refund(new RefundCall(NUMBER, "R-1", 600, 5_600, null)));
        assertThat(refund.amountFen()).isEqualTo(600);
        requireAsked("POST", "/v3/refund/domestic/refunds", """
                {"out_trade_no":"P3702000ABCDEFGHIJKLMNOPQRSTUVWX","out_refund_no":"R-1",
                 "notify_url":"https://anju.example/callbacks/wechat-pay",
                 "amount":{"refund":600,"total":5600,"currency":"CNY"}}""");
        answer(404, "{\"code\":\"RESOURCE_NOT_EXISTS\"}");
        assertThat(Anju.await(client().queryRefund("R-1"))).isEmpty();
        requireAsked("GET", "/v3/refund/domestic/refunds/R-1", "");
        answer(400, "{\"code\":\"NO_STATEMENT_EXIST\"}");
        assertThat(Anju.await(client().tradeBill(LocalDate.of(2026, 3, 3)))).isEmpty();
        requireAsked("GET", "/v3/bill/tradebill?bill_date=2026-03-03&bill_type=ALL&tar_type=GZIP", "");
    }

    private void answer(int status, String body) {
        answer = new Answer(status, body, "PUB_KEY_ID_01", Duration.ZERO);
    }

    private Asked asked() {
        assertThat(asked).isNotNull();
        return asked;
    }

    private void requireAsked(String method, String uri, String body) throws IOException, GeneralSecurityException {
        assertThat(asked().method()).isEqualTo(method);
        assertThat(asked().uri()).isEqualTo(uri);
        if (body.isEmpty()) {
            assertThat(asked().body()).isEmpty();
        } else {
            assertThat(JSON.readTree(asked().body())).isEqualTo(JSON.readTree(body));
            assertThat(asked().headers().get("Content-Type")).isEqualTo("application/json");
        }
        assertThat(asked().headers().get("Accept")).isEqualTo("application/json");
        assertThat(asked().headers().get("Accept-Language")).isEqualTo("zh-CN");
        assertThat(asked().headers().get("User-Agent")).isNotEmpty();
        requireSigned(method, uri);
    }

    private void requireSigned(String method, String uri) throws GeneralSecurityException {
        var said = asked().headers().get("Authorization");
        assertThat(said)
                .matches(
                        "WECHATPAY2-SHA256-RSA2048 mchid=\"1900000001\",nonce_str=\"[0-9A-Z]{32}\",signature=\"[^\"]+\","
                                + "timestamp=\"" + NOW.getEpochSecond() + "\",serial_no=\"" + SERIAL + "\"");
        var nonce = said.replaceAll(".*nonce_str=\"([^\"]+)\".*", "$1");
        var verifying = Signature.getInstance("SHA256withRSA");
        verifying.initVerify(MERCHANT.getPublic());
        verifying.update(
                String.join("\n", method, uri, Long.toString(NOW.getEpochSecond()), nonce, asked().body() + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(verifying.verify(Base64.getDecoder().decode(said.replaceAll(".*signature=\"([^\"]+)\".*", "$1"))))
                .isTrue();
    }

    @Test
    void gives_the_mini_program_what_it_hands_on() throws GeneralSecurityException {
        var given = client().requestPayment("wx0401", NOW);
        assertThat(given.timeStamp()).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(given.packageValue()).isEqualTo("prepay_id=wx0401");
        assertThat(given.signType()).isEqualTo("RSA");
        var verifying = Signature.getInstance("SHA256withRSA");
        verifying.initVerify(MERCHANT.getPublic());
        verifying.update(
                String.join("\n", "wxsimulated0000001", given.timeStamp(), given.nonceStr(), "prepay_id=wx0401" + "\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(verifying.verify(Base64.getDecoder().decode(given.paySign())))
                .isTrue();
    }

    /** Whatever says nothing of the order leaves it as it is. */
    @ParameterizedTest
    @CsvSource({
        "403, NO_AUTH, DECLINED",
        "400, PARAM_ERROR, DECLINED",
        "401, SIGN_ERROR, UNKNOWN",
        "429, FREQUENCY_LIMITED, UNKNOWN",
        "500, SYSTEM_ERROR, UNKNOWN",
        "503, SYSTEM_ERROR, UNKNOWN",
        "202, '', UNKNOWN",
    })
    void takes_an_answer_for_what_its_status_says(int status, String code, ChannelFailure.Kind kind) {
        answer(status, "{\"code\":\"" + code + "\"}");
        requireFailure(WeChatPayClientIT::prepay, kind, code);
    }

    @Test
    void believes_no_answer_that_the_platform_has_not_signed_just_now() {
        for (var status : new int[] {200, 404, 500}) {
            answer = new Answer(status, "{\"code\":\"ORDER_NOT_EXIST\"}", null, Duration.ZERO);
            requireFailure(client -> client.query(NUMBER), ChannelFailure.Kind.UNKNOWN, "UNTRUSTED_ANSWER");
        }
        answer = new Answer(200, "{\"prepay_id\":\"wx\"}", "PUB_KEY_ID_01", Duration.ofSeconds(301));
        requireFailure(WeChatPayClientIT::prepay, ChannelFailure.Kind.UNKNOWN, "UNTRUSTED_ANSWER");
        answer = new Answer(200, "{\"prepay_id\":\"wx\"}", "PUB_KEY_ID_09", Duration.ZERO);
        requireFailure(WeChatPayClientIT::prepay, ChannelFailure.Kind.UNKNOWN, "UNTRUSTED_ANSWER");
        for (var body : new String[] {"", "[]", "{}", "<html>", "{\"prepay_id\":7}"}) {
            answer(200, body);
            requireFailure(WeChatPayClientIT::prepay, ChannelFailure.Kind.UNKNOWN, null);
        }
    }

    private void requireFailure(
            Function<PaymentProvider, Future<?>> call, ChannelFailure.Kind kind, @Nullable String code) {
        assertThatThrownBy(() -> Anju.await(call.apply(client())))
                .isInstanceOfSatisfying(ChannelFailure.class, told -> {
                    assertThat(told.kind()).isEqualTo(kind);
                    if (code != null) {
                        assertThat(told.code()).isEqualTo(code);
                    }
                });
    }

    /** While the platform moves from a certificate to a public key, or to the next one, either may sign. */
    @Test
    void asks_for_the_newest_public_key_and_takes_every_key_that_it_knows() {
        keys.put("PUB_KEY_ID_02", PLATFORM.getPublic());
        keys.put("7132D72A03E93CDDF8C03BBD1F37EEDF", PLATFORM.getPublic());
        for (var serial : keys.keySet()) {
            answer = new Answer(200, "{\"prepay_id\":\"wx\"}", serial, Duration.ZERO);
            assertThat(Anju.await(prepay(client()))).isEqualTo("wx");
            assertThat(asked().headers().get("Wechatpay-Serial")).isEqualTo("PUB_KEY_ID_02");
        }
    }

    @Test
    void asks_for_no_key_where_it_knows_certificates_only() {
        keys.clear();
        keys.put("7132D72A03E93CDDF8C03BBD1F37EEDF", PLATFORM.getPublic());
        keys.put("4D5A1FF2C8B2E0C0D4F6B2A19E8F7A61", PLATFORM.getPublic());
        for (var serial : keys.keySet()) {
            answer = new Answer(200, "{\"prepay_id\":\"wx\"}", serial, Duration.ZERO);
            assertThat(Anju.await(prepay(client()))).isEqualTo("wx");
            assertThat(asked().headers().contains("Wechatpay-Serial")).isFalse();
        }
    }

    private static String sign(String message) {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(PLATFORM.getPrivate());
            signature.update(message.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
