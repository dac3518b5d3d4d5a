package io.anju.sandbox;

import static io.anju.sandbox.Simulators.answer;
import static io.anju.sandbox.Simulators.body;
import static io.anju.sandbox.Simulators.weChatError;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * WeChat's side of "use the number that WeChat knows": the access token of the mini-program, and single-use codes for
 * phone numbers in mainland China that are good for five minutes.
 */
final class WeChatPhoneNumbers {
    static final int INVALID_CREDENTIAL = 40001;

    private static final Duration TOKEN_GOOD_FOR = Duration.ofHours(2);
    private static final Duration CODE_GOOD_FOR = Duration.ofMinutes(5);
    private static final int REMEMBERED = 100_000;

    private final InstantSource clock;
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private Token token = new Token("", Instant.MIN);

    WeChatPhoneNumbers(InstantSource clock) {
        this.clock = clock;
    }

    private record Code(String phone, int error, Instant expiresAt) {}

    private record Token(String value, Instant expiresAt) {}

    void mount(Router router) {
        router.post("/cgi-bin/stable_token").handler(this::stableToken);
        router.post("/wxa/business/getuserphonenumber").handler(this::phoneNumber);
        router.post("/control/wechat-phone-codes").handler(this::mintCode);
        router.post("/control/wechat-access-tokens/expiry").handler(this::endToken);
    }

    /** The same token for everybody who asks while it is good. */
    private synchronized void stableToken(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        var error = Simulators.appError(
                body.path("appid").asText(), body.path("secret").asText());
        if (error != WeChatLogIns.OK) {
            answer(http, weChatError(error));
            return;
        }
        var now = clock.instant();
        if (!now.isBefore(token.expiresAt())) {
            token = new Token("simulated-" + UUID.randomUUID(), now.plus(TOKEN_GOOD_FOR));
        }
        var seconds = Duration.between(now, token.expiresAt()).toSeconds();
        answer(http, Map.of("access_token", token.value(), "expires_in", seconds));
    }

    /** Whether an access token is the one that is in use. */
    synchronized boolean isTokenGood(@Nullable String text) {
        return token.value().equals(text) && clock.instant().isBefore(token.expiresAt());
    }

    private synchronized void phoneNumber(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        var now = clock.instant();
        if (!isTokenGood(http.queryParams().get("access_token"))) {
            answer(http, weChatError(INVALID_CREDENTIAL));
            return;
        }
        var code = codes.remove(body.path("code").asText());
        if (code == null || !now.isBefore(code.expiresAt())) {
            answer(http, weChatError(WeChatLogIns.INVALID_CODE));
            return;
        }
        answer(http, code.error() == WeChatLogIns.OK ? phoneInfo(code.phone(), now) : weChatError(code.error()));
    }

    private static Map<String, Object> phoneInfo(String phone, Instant now) {
        var watermark = Map.of("timestamp", now.getEpochSecond(), "appid", Simulators.APP_ID);
        var info = Map.of("phoneNumber", phone, "purePhoneNumber", phone, "countryCode", "86", "watermark", watermark);
        return Map.of("errcode", 0, "errmsg", "ok", "phone_info", info);
    }

    private void mintCode(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        if (codes.size() > REMEMBERED) {
            codes.clear();
        }
        var code = UUID.randomUUID().toString().replace("-", "");
        codes.put(
                code,
                new Code(
                        body.path("phone").asText(),
                        body.path("error").asInt(WeChatLogIns.OK),
                        clock.instant().plus(CODE_GOOD_FOR)));
        answer(http, Map.of("code", code));
    }

    private synchronized void endToken(RoutingContext http) {
        token = new Token("", Instant.MIN);
        answer(http, Map.of());
    }
}
