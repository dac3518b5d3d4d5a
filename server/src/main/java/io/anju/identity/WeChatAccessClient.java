package io.anju.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.platform.config.Settings;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of WeChat's server that need an access token of the mini-program, which is fetched when it is needed and kept
 * until WeChat refuses it; the stable token is the same for every instance that asks, so instances do not end each
 * other's.
 */
public final class WeChatAccessClient {
    private static final Logger LOG = LoggerFactory.getLogger(WeChatAccessClient.class);

    private final WebClient client;
    private final Settings.WeChat settings;
    private volatile String accessToken = "";

    WeChatAccessClient(WebClient client, Settings.WeChat settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * What WeChat answers, failures with their {@code errcode} included; asked again with a new token where it refuses the
     * old one. Fails with a refusal where there is no answer, or none that is JSON.
     */
    public Future<JsonNode> post(String path, JsonObject body) {
        return ask(path, body)
                .compose(answer -> isTokenRefused(answer) ? renewed(path, body) : Future.succeededFuture(answer));
    }

    private Future<JsonNode> renewed(String path, JsonObject body) {
        accessToken = "";
        return ask(path, body);
    }

    private Future<JsonNode> ask(String path, JsonObject body) {
        return token().compose(
                        token -> client.postAbs(settings.url().resolve(path).toString())
                                .timeout(WeChatClient.TIMEOUT_MILLIS)
                                .addQueryParam("access_token", token)
                                .sendJsonObject(body)
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
}
