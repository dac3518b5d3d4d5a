package io.anju.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bills paid in WeChat, and the money asked back, over HTTP from the order to what WeChat pays out.
 *
 * @param area division code of the city, four digits
 * @param token of whoever pays
 */
public record Wallet(Anju server, String area, String token) {
    /** The order of a payment of this amount, or of what is due. */
    public JsonNode pays(@Nullable Long fen, List<String> billIds) {
        var body = new HashMap<String, Object>(Map.of("billIds", billIds));
        if (fen != null) {
            body.put("amountFen", fen);
        }
        var order = server.http().post("/v1/payments", token, body).expect(201).json();
        Payer.control(server, "payments", order.path("requestPayment")).expect(200);
        Payer.deliver(server);
        return order;
    }

    /** Asks for money of a payment back, which officials approve, two of them where it is much. */
    public void asksBack(Desk city, long fen, String paymentId) {
        var asked = server.http()
                .post("/v1/payments/" + paymentId + "/refunds", token, Map.of("amountFen", fen, "reason", "退租结清"))
                .expect(201)
                .json();
        var approval = "/v1/staff/refunds/" + asked.path("refundId").asText() + "/approval";
        city.post(approval, Map.of("reason", "核实")).expect(200);
        if (asked.path("approvalsNeeded").asInt(1) > 1) {
            Desk.of(server, "city", area).post(approval, Map.of("reason", "核实")).expect(200);
        }
    }

    /** As {@link #asksBack}, and WeChat pays it out. */
    public void getsBack(Desk city, long fen, String paymentId) {
        asksBack(city, fen, paymentId);
        for (int i = 0; i < 3; i++) {
            server.clock().advance(Duration.ofSeconds(61));
            Payer.deliver(server);
            server.runJobs();
        }
    }
}
