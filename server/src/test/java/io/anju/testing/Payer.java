package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A resident with a WeChat account, and the phone that pays: both sides of an order over real HTTP. */
public final class Payer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Anju anju;
    private final String openId = "o" + UUID.randomUUID();
    private final UUID id;
    private String token;

    private Payer(Anju anju, @Nullable String token) {
        this.anju = anju;
        this.token = token == null ? anju.people().logIn(openId) : token;
        this.id = idIn(this.token);
    }

    /** Somebody new. */
    public static Payer of(Anju anju) {
        return new Payer(anju, null);
    }

    /** Somebody who has logged in with WeChat already. */
    public static Payer of(Anju anju, String token) {
        return new Payer(anju, token);
    }

    /** Moves the clock, and logs in again. */
    public void waits(Duration time) {
        anju.clock().advance(time);
        token = anju.people().logIn(openId);
    }

    private static UUID idIn(String token) {
        try {
            var payload = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
            return UUID.fromString(JSON.readTree(payload).path("sub").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public UUID id() {
        return id;
    }

    public String token() {
        return token;
    }

    public Answer order(@Nullable Long amountFen, Biller.Bill... bills) {
        return order(UUID.randomUUID().toString(), amountFen, bills);
    }

    public Answer order(String key, @Nullable Long amountFen, Biller.Bill... bills) {
        var body = new HashMap<String, Object>();
        body.put("billIds", List.of(bills).stream().map(Biller.Bill::id).toList());
        if (amountFen != null) {
            body.put("amountFen", amountFen);
        }
        return anju.http()
                .request("POST", "/v1/payments")
                .token(token)
                .key(key)
                .body(body)
                .send();
    }

    public Answer get(String paymentId) {
        return anju.http().get("/v1/payments/" + paymentId, token);
    }

    public Answer cancel(String paymentId) {
        return anju.http().post("/v1/payments/" + paymentId + "/cancellation", token, null);
    }

    public Answer askBack(String paymentId, long fen) {
        return anju.http()
                .post("/v1/payments/" + paymentId + "/refunds", token, Map.of("amountFen", fen, "reason", "多缴退回"));
    }

    /** The payer confirms in WeChat, with what the mini-program handed over. */
    public Answer confirm(JsonNode payment) {
        return control(anju, "payments", payment.path("requestPayment"));
    }

    /** An order for these bills that was paid, and whose notice came. */
    public JsonNode pays(@Nullable Long amountFen, Biller.Bill... bills) {
        var order = order(amountFen, bills).expect(201).json();
        confirm(order).expect(200);
        deliver(anju);
        return get(order.path("paymentId").asText()).expect(200).json();
    }

    public static int deliver(Anju anju) {
        return control(anju, "deliveries", Map.of())
                .expect(200)
                .json()
                .path("delivered")
                .asInt();
    }

    public static void arm(Anju anju, String effect, String operation, String value) {
        control(anju, "switches", Map.of("effect", effect, "times", 1, "operation", operation, "value", value))
                .expect(200);
    }

    public static Answer control(Anju anju, String what, Object body) {
        return new ApiClient(URI.create(anju.simulators().url()))
                .request("POST", "/control/wechat-pay/" + what)
                .withoutKey()
                .body(body)
                .unchecked()
                .send();
    }
}
