package io.anju.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.config.Settings;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks WeChat for the phone number behind the code of a mini-program's button (phonenumber.getPhoneNumber). That call
 * needs an access token of the mini-program, which is fetched when it is needed and kept until WeChat refuses it; the
 * stable token is the same for every instance that asks, so instances do not end each other's.
 */
final class WeChatPhoneClient {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatPhoneClient.class);

    private final WebClient client;
    private final Settings.WeChat settings;
    private volatile String accessToken = "";

    WeChatPhoneClient(WebClient client, Settings.WeChat settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Gives the number in E.164; fails with a refusal for everything that WeChat may answer. */
    Future<String> exchange(String code) {
        return ask(code)
                .compose(answer -> isTokenRefused(answer) ? renewed(code) : Future.succeededFuture(answer))
                .compose(this::phone);
    }

    private Future<JsonNode> renewed(String code) {
        accessToken = "";
        return ask(code);
    }

    private Future<JsonNode> ask(String code) {
        return token().compose(token -> client.postAbs(settings.url()
                                .resolve("/wxa/business/getuserphonenumber")
                                .toString())
                        .timeout(WeChatClient.TIMEOUT_MILLIS)
                        .addQueryParam("access_token", token)
                        .sendJsonObject(new JsonObject().put("code", code))
                        .recover(WeChatClient::unreachable))
                .compose(WeChatClient::json);
    }

    private Future<String> token() {
        if (!accessToken.isEmpty()) {
            return Future.succeededFuture(accessToken);
        }
        var appId = settings.appId();
        var secret = settings.secret();
        if (appId == null || secret == null) {
            return WeChatClient.unavailable();
        }
        return client.postAbs(settings.url().resolve("/cgi-bin/stable_token").toString())
                .timeout(WeChatClient.TIMEOUT_MILLIS)
                .sendJsonObject(new JsonObject()
                        .put("grant_type", "client_credential")
                        .put("appid", appId)
                        .put("secret", secret))
                .recover(WeChatClient::unreachable)
                .compose(WeChatClient::json)
                .compose(answer -> {
                    var token = answer.path("access_token").asText();
                    if (token.isEmpty()) {
                        LOG.error("WeChat gives no access token: {}", answer.path("errcode"));
                        return WeChatClient.unavailable();
                    }
                    accessToken = token;
                    return Future.succeededFuture(token);
                });
    }

    /** 40001 and 40014 not valid, 42001 expired: before or on the way. */
    private static boolean isTokenRefused(JsonNode answer) {
        int error = answer.path("errcode").asInt(0);
        return error == 40001 || error == 40014 || error == 42001;
    }

    private Future<String> phone(JsonNode answer) {
        int error = answer.path("errcode").asInt(0);
        if (error != 0) {
            return refusal(error);
        }
        var info = answer.path("phone_info");
        if (!info.at("/watermark/appid").asText().equals(settings.appId())) {
            LOG.error("WeChat answered with the phone number of another mini-program's user");
            return WeChatClient.unavailable();
        }
        var e164 = "+" + info.path("countryCode").asText()
                + info.path("purePhoneNumber").asText();
        Optional<String> number = PhoneNumbers.normalise(e164);
        return number.isPresent()
                ? Future.succeededFuture(number.get())
                : Future.failedFuture(Refusal.at("/code", IdentityProblem.INVALID_PHONE));
    }

    private static <T> Future<T> refusal(int error) {
        return switch (error) {
            // 40029 not valid, expired or used; 40013 made for another mini-program
            case 40029, 40013 -> Future.failedFuture(Refusal.at("/code", IdentityProblem.WECHAT_CODE_INVALID));
            case 45011 -> Refusal.failed(IdentityProblem.WECHAT_TOO_OFTEN, WeChatClient.RETRY_IN_A_MINUTE);
            // "system busy, try again"
            case -1 -> WeChatClient.unavailable();
            default -> {
                // 1400001: the allowance that was bought is used up
                LOG.error("WeChat refuses a phone number with errcode {}", error);
                yield WeChatClient.unavailable();
            }
        };
    }
}
