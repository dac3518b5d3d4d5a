package io.anju.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WeChat and the message gateway on a bad day. */
class OutagesIT {
    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpServer BROKEN = Anju.await(
            VERTX.createHttpServer().requestHandler(OutagesIT::answer).listen(0, "127.0.0.1"));

    @RegisterExtension
    static final Anju anju = Anju.server()
            .with("ANJU_WECHAT_URL", "http://127.0.0.1:" + BROKEN.actualPort())
            .with("ANJU_SMS_URL", "http://127.0.0.1:" + BROKEN.actualPort() + "/sms");

    private static final List<String> MESSAGES = new CopyOnWriteArrayList<>();
    private static volatile int gatewayStatus;

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @ParameterizedTest
    @CsvSource({"status500", "html", "array", "nothing", "huge", "noOpenId", "objectAsOpenId", "reset"})
    void whatever_wechat_does_the_answer_is_503(String code) {
        anju.http().post("/v1/sessions/wechat", null, Map.of("code", code)).expect(503, "wechat-unavailable");
    }

    @Test
    void a_message_that_the_gateway_refuses_is_tried_again_while_the_code_is_good() {
        gatewayStatus = 500;
        var challenge = anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", "13812340001"))
                .expect(202)
                .json()
                .path("challengeId")
                .asText();
        anju.runJobs();
        assertThat(MESSAGES).hasSize(1);
        gatewayStatus = 202;
        for (int i = 0; i < 5; i++) {
            anju.clock().advance(Duration.ofMinutes(1));
            anju.runJobs();
        }
        assertThat(MESSAGES).hasSize(2).containsOnly(challenge);
    }

    @Test
    void a_code_that_is_no_longer_good_is_not_sent() {
        gatewayStatus = 202;
        MESSAGES.clear();
        anju.http()
                .post("/v1/one-time-codes", null, Map.of("phone", "13812340002"))
                .expect(202);
        anju.clock().advance(Duration.ofMinutes(10));
        anju.runJobs();
        assertThat(MESSAGES).isEmpty();
    }

    private static void answer(HttpServerRequest request) {
        if (request.path().equals("/sms")) {
            MESSAGES.add(request.getHeader("Idempotency-Key"));
            request.response().setStatusCode(gatewayStatus).end();
            return;
        }
        var response = request.response();
        switch (String.valueOf(request.getParam("js_code"))) {
            case "status500" -> response.setStatusCode(500).end("{\"openid\":\"oAlice\"}");
            case "html" -> response.end("<html>");
            case "array" -> response.end("[]");
            case "huge" -> response.end(Buffer.buffer("{\"openid\":\"" + "o".repeat(100_000) + "\"}"));
            case "noOpenId" -> response.end("{\"session_key\":\"k\"}");
            case "objectAsOpenId" -> response.end("{\"openid\":{\"a\":1}}");
            case "reset" -> request.connection().close();
            default -> response.end();
        }
    }
}
