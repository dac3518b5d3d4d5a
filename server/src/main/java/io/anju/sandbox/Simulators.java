package io.anju.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.anju.sandbox.wechatpay.WeChatPaySimulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP server that plays WeChat's log-in, WeChat Pay and a short-message gateway, and has a control side under
 * {@code /control} for whoever plays the resident. Listens on the loopback address only: its control side knows no
 * password.
 *
 * <table>
 *   <caption>What it answers</caption>
 *   <tr><td>{@code GET /sns/jscode2session}</td><td>auth.code2Session</td></tr>
 *   <tr><td>{@code POST /cgi-bin/stable_token}</td><td>getStableAccessToken</td></tr>
 *   <tr><td>{@code POST /wxa/business/getuserphonenumber}</td><td>phonenumber.getPhoneNumber</td></tr>
 *   <tr><td>{@code POST /cgi-bin/message/subscribe/send}</td><td>subscribeMessage.send</td></tr>
 *   <tr><td>{@code POST /sms}</td><td>takes a message</td></tr>
 *   <tr><td>{@code POST /control/wechat-codes}</td><td>what {@code wx.login} gives: a code for an {@code openid}, with
 *   {@code error} one whose exchange fails so</td></tr>
 *   <tr><td>{@code POST /control/wechat-phone-codes}</td><td>what the button {@code getPhoneNumber} gives for a
 *   {@code phone}; {@code error} as above</td></tr>
 *   <tr><td>{@code POST /control/wechat-access-tokens/expiry}</td><td>ends the access token that is in use</td></tr>
 *   <tr><td>{@code POST /control/wechat-message-consents}</td><td>what {@code wx.requestSubscribeMessage} asks: a consent
 *   of an {@code openid} to one message of a {@code template_id}</td></tr>
 *   <tr><td>{@code POST /control/wechat-message-faults}</td><td>{@code errors} of the next messages, one after another: error
 *   codes, 0 for none, or {@code "silence"}, which takes the message and answers nothing</td></tr>
 *   <tr><td>{@code GET /control/wechat-messages?openid=}</td><td>the messages that a user got, oldest first</td></tr>
 *   <tr><td>{@code GET /control/sms?phone=}</td><td>the messages that a phone got, newest first</td></tr>
 *   <tr><td>{@code /v3/…}, {@code /control/wechat-pay/…}</td><td>see {@link WeChatPaySimulator}</td></tr>
 * </table>
 */
public final class Simulators {
    /** The mini-program that the simulated WeChat knows. */
    public static final String APP_ID = "wxsimulated0000001";

    public static final String APP_SECRET = "simulated-app-secret";
    /** Its templates of one-time subscribe messages, as settings name them. */
    public static final String RENT_DUE_TEMPLATE = "sYkM7cXo2bT0qVnU5rWd8eHfJgKlZpAiNxQmOyBvCtE:thing1,amount2,date3";

    public static final String ARREARS_TEMPLATE = "dBv4nGq1eKc8wTzR6mYs3uLxPhJfOaXiNbQkUyEvCt0:thing4,amount1,date2";
    public static final String PAYMENT_TEMPLATE = "pTq9LwZr4uXe1yVbNcMd7sHgJfKoAiRxQmOyBvCtEk2:thing2,amount5,date1";
    public static final String SMS_TOKEN = "simulated-sms-token";

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LONGEST_BODY_BYTES = 65_536;
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private final InstantSource clock;
    private final HttpServer server;
    private final WeChatLogIns logIns = new WeChatLogIns();
    private final SmsInbox inbox = new SmsInbox();
    private final WeChatPaySimulator pay;

    private Simulators(Vertx vertx, InstantSource clock, Consumer<Router> more) {
        this.clock = clock;
        this.pay = new WeChatPaySimulator(vertx, clock);
        var router = router(vertx);
        more.accept(router);
        this.server = vertx.createHttpServer().requestHandler(router);
    }

    /** Starts to listen; port 0 takes a free one. */
    public static Future<Simulators> start(Vertx vertx, InstantSource clock, int port) {
        return start(vertx, clock, port, router -> {});
    }

    /** As {@link #start(Vertx, InstantSource, int)}, with more on the control side. */
    static Future<Simulators> start(Vertx vertx, InstantSource clock, int port, Consumer<Router> more) {
        var simulators = new Simulators(vertx, clock, more);
        return simulators.server.listen(port, LOOPBACK).map(simulators);
    }

    /** Where to reach it, without a slash at the end. */
    public String url() {
        return "http://" + LOOPBACK + ":" + server.actualPort();
    }

    public WeChatPaySimulator pay() {
        return pay;
    }

    public Future<Void> close() {
        return server.close().compose(closed -> pay.close());
    }

    private Router router(Vertx vertx) {
        var router = Router.router(vertx);
        router.post().handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY_BYTES));
        router.get("/sns/jscode2session").handler(this::code2Session);
        router.post("/sms").handler(this::takeMessage);
        router.post("/control/wechat-codes").handler(this::mintCode);
        router.get("/control/sms").handler(this::listMessages);
        var phones = new WeChatPhoneNumbers(clock);
        phones.mount(router);
        new WeChatMessages(phones::isTokenGood).mount(router);
        pay.mount(router);
        return router;
    }

    private void code2Session(RoutingContext http) {
        var error = appError(http.queryParams().get("appid"), http.queryParams().get("secret"));
        var code = http.queryParams().get("js_code");
        if (error != WeChatLogIns.OK
                || code == null
                || !"authorization_code".equals(http.queryParams().get("grant_type"))) {
            answer(http, weChatError(error == WeChatLogIns.OK ? WeChatLogIns.INVALID_CODE : error));
            return;
        }
        var exchange = logIns.exchange(code, clock.instant());
        if (exchange.error() != WeChatLogIns.OK) {
            answer(http, weChatError(exchange.error()));
            return;
        }
        var user = new LinkedHashMap<String, Object>();
        user.put("openid", exchange.openId());
        user.put("session_key", exchange.sessionKey());
        user.put("unionid", exchange.unionId());
        answer(http, user);
    }

    private void takeMessage(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        if (!("Bearer " + SMS_TOKEN).equals(http.request().getHeader("Authorization"))) {
            http.response().setStatusCode(401).end();
            return;
        }
        var parameters = new HashMap<String, String>();
        body.path("parameters")
                .properties()
                .forEach(each -> parameters.put(each.getKey(), each.getValue().asText()));
        var id = http.request().getHeader("Idempotency-Key");
        inbox.take(new SmsInbox.Message(
                id == null ? UUID.randomUUID().toString() : id,
                body.path("phone").asText(),
                body.path("template").asText(),
                body.path("language").asText(),
                parameters,
                clock.instant()));
        http.response().setStatusCode(202).end();
    }

    private void mintCode(RoutingContext http) {
        var body = body(http);
        if (body == null) {
            return;
        }
        var openId = body.path("openid").asText(WeChatLogIns.newOpenId());
        var code = logIns.mint(openId, body.path("error").asInt(WeChatLogIns.OK), clock.instant());
        answer(http, Map.of("code", code, "openid", openId));
    }

    private void listMessages(RoutingContext http) {
        answer(http, inbox.list(http.queryParams().get("phone")));
    }

    static int appError(@Nullable String appId, @Nullable String secret) {
        if (!APP_ID.equals(appId)) {
            return WeChatLogIns.INVALID_APP_ID;
        }
        return APP_SECRET.equals(secret) ? WeChatLogIns.OK : WeChatLogIns.INVALID_SECRET;
    }

    /** WeChat answers failures with status 200. */
    static Map<String, Object> weChatError(int error) {
        var text =
                switch (error) {
                    case WeChatLogIns.SYSTEM_BUSY -> "system error";
                    case WeChatLogIns.INVALID_APP_ID -> "invalid appid";
                    case WeChatLogIns.INVALID_CODE -> "invalid code";
                    case WeChatLogIns.INVALID_SECRET -> "invalid appsecret";
                    case WeChatLogIns.CODE_USED -> "code been used";
                    case WeChatLogIns.USER_BLOCKED -> "code blocked";
                    case WeChatPhoneNumbers.INVALID_CREDENTIAL -> "invalid credential, access_token is invalid";
                    case WeChatLogIns.TOO_OFTEN -> "api minute-quota reach limit";
                    default -> "error";
                };
        return Map.of("errcode", error, "errmsg", text + " rid: " + UUID.randomUUID());
    }

    /** The JSON that came; answers 400 and gives null where there is none. */
    static @Nullable JsonNode body(RoutingContext http) {
        var body = http.body().buffer();
        try {
            return body == null || body.length() == 0 ? JSON.createObjectNode() : JSON.readTree(body.getBytes());
        } catch (IOException e) {
            http.response().setStatusCode(400).end();
            return null;
        }
    }

    static void answer(RoutingContext http, Object body) {
        try {
            // as WeChat does it
            http.response().putHeader("Content-Type", "text/plain; charset=utf-8");
            http.end(Buffer.buffer(JSON.writeValueAsBytes(body)));
        } catch (IOException e) {
            http.fail(e);
        }
    }
}
