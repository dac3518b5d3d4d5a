package io.anju.payment;

import com.fasterxml.jackson.databind.JsonNode;
import io.anju.testing.Anju;
import io.anju.testing.Answer;
import io.anju.testing.ApiClient;
import io.anju.testing.Biller;
import io.anju.testing.Payer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A payment of 3000 yuan that was made, and those who may give it back. */
abstract class RefundDesk {
    static final long PAID_FEN = 300_000;

    private final Anju server;
    private final Biller biller;
    private final Payer payer;
    private final Biller.Bill bill;
    private String paymentId = "";

    RefundDesk(Anju server, Biller biller) {
        this.server = server;
        this.biller = biller;
        payer = Payer.of(server);
        bill = biller.bill(server, PAID_FEN, payer.id());
    }

    @BeforeEach
    void pay() {
        paymentId = payer.pays(null, bill).path("paymentId").asText();
    }

    Payer payer() {
        return payer;
    }

    String paymentId() {
        return paymentId;
    }

    /** What is due again. */
    long dueFen() {
        return biller.dueFen(server, bill);
    }

    /** Time goes on, the channel tells what it has to tell, and what is due is done. */
    void run(Duration later) {
        payer.waits(later);
        Payer.deliver(server);
        server.runJobs();
    }

    JsonNode payment() {
        return payer.get(paymentId).expect(200).json();
    }

    String state(int place) {
        return payment().at("/refunds/" + place + "/state").asText();
    }

    /** Somebody new each time. */
    String cashier() {
        return server.people().staff("city", "3702");
    }

    /** A refund by an official. */
    ApiClient.Call issuing(ApiClient at, String token, long fen) {
        return at.request("POST", "/v1/staff/payments/" + paymentId + "/refunds")
                .token(token)
                .body(Map.of("amountFen", fen, "reason", "重复缴费退回"));
    }

    Answer issue(String token, long fen) {
        return issuing(server.http(), token, fen).send();
    }

    Answer approve(JsonNode refund, String token) {
        return server.http().post(path(refund) + "/approval", token, null);
    }

    static String path(JsonNode refund) {
        return "/v1/staff/refunds/" + refund.path("refundId").asText();
    }
}
