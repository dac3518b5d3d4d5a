package io.anju.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.config.Settings;
import io.anju.platform.json.PlainJson;
import io.anju.platform.problem.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exchanges the code of a mini-program's log-in at WeChat (auth.code2Session). The session key in WeChat's answer is
 * dropped here: nothing of ours needs it, and it must never reach a client.
 */
final class WeChatClient {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatClient.class);
    private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
    static final long TIMEOUT_MILLIS = 5_000;
    private static final int LONGEST_ANSWER_BYTES = 65_536;
    static final Map<String, String> RETRY_IN_A_MINUTE = Map.of(Refusal.RETRY_AFTER_SECONDS, "60");
    private static final Map<String, String> RETRY_SOON = Map.of(Refusal.RETRY_AFTER_SECONDS, "2");

    private final WebClient client;
    private final Settings.WeChat settings;
    private final WeChatAccessClient access;

    WeChatClient(Vertx vertx, Settings.WeChat settings) {
        this.client = WebClient.create(
                vertx,
                new WebClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS).setFollowRedirects(false));
        this.settings = settings;
        this.access = new WeChatAccessClient(client, settings);
    }

    /** The same connections, for what needs an access token. */
    WeChatAccessClient access() {
        return access;
    }

    WeChatPhoneClient phones() {
        return new WeChatPhoneClient(access, settings);
    }

    /** Gives the openid of the user whose code this is; fails with a refusal for everything that WeChat may answer. */
    Future<String> exchange(String code) {
        var appId = settings.appId();
        var secret = settings.secret();
        if (appId == null || secret == null) {
            return unavailable();
        }
        return client.getAbs(settings.url().resolve("/sns/jscode2session").toString())
                .timeout(TIMEOUT_MILLIS)
                .addQueryParam("appid", appId)
                .addQueryParam("secret", secret)
                .addQueryParam("js_code", code)
                .addQueryParam("grant_type", "authorization_code")
                .send()
                .recover(WeChatClient::unreachable)
                .compose(WeChatClient::json)
                .compose(WeChatClient::openId);
    }

    static <T> Future<T> unreachable(Throwable failure) {
        // not the message: it may hold the address with the secret in it
        LOG.warn("WeChat does not answer: {}", failure.getClass().getName());
        return unavailable();
    }

    static Future<JsonNode> json(HttpResponse<Buffer> response) {
        var body = response.body();
        if (response.statusCode() != 200 || body == null || body.length() > LONGEST_ANSWER_BYTES) {
            LOG.warn("WeChat answered with status {}", response.statusCode());
            return unavailable();
        }
        try {
            return Future.succeededFuture(PlainJson.mapper().readTree(body.getBytes()));
        } catch (IOException e) {
            LOG.warn("WeChat answered something that is not JSON");
            return unavailable();
        }
    }

    /** WeChat answers 200 for failures too; {@code errcode} tells. */
    private static Future<String> openId(JsonNode answer) {
        int error = answer.path("errcode").asInt(0);
        if (error != 0) {
            return refusal(error);
        }
        var openId = answer.path("openid").asText();
        if (openId.isEmpty()) {
            LOG.warn("WeChat answered without an openid");
            return unavailable();
        }
        return Future.succeededFuture(openId);
    }

    private static <T> Future<T> refusal(int error) {
        return switch (error) {
            // 40029 not valid or expired, 40163 used before
            case 40029, 40163 -> Future.failedFuture(Refusal.at("/code", IdentityProblem.WECHAT_CODE_INVALID));
            // more than 100 log-ins of one user in a minute
            case 45011 -> Refusal.failed(IdentityProblem.WECHAT_TOO_OFTEN, RETRY_IN_A_MINUTE);
            case 40226 -> Refusal.failed(IdentityProblem.WECHAT_USER_BLOCKED);
            // "system busy, try again"
            case -1 -> unavailable();
            default -> {
                // 40013 and 40125 mean that our own settings are wrong
                LOG.error("WeChat refuses a log-in with errcode {}", error);
                yield unavailable();
            }
        };
    }

    static <T> Future<T> unavailable() {
        return Refusal.failed(IdentityProblem.WECHAT_UNAVAILABLE, RETRY_SOON);
    }
}
