package io.anju.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.cli.PaymentJournal.Kind;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.Letters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Residents who pay and ask money back and an office that approves and bills, again and again. Whoever gets no answer asks
 * again under the same key until there is one, and notes it.
 */
final class PaymentLoad {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PAUSE_MILLIS = 40;
    private static final int COPIES = 3;
    /** Parts of a lease's bills, so small that these last for the whole trial, on the last day of a month too. */
    private static final long PART_FEN = 17;

    private static final long BACK_FEN = 5;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Queue<String> toApprove = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final String api;
    private final String simulators;
    private final PaymentJournal journal;

    PaymentLoad(String api, String simulators, PaymentJournal journal) {
        this.api = api;
        this.simulators = simulators;
        this.journal = journal;
    }

    void stop() {
        stopped.countDown();
    }

    private boolean isOn() {
        return stopped.getCount() > 0;
    }

    /** The same request until it is answered with this status. */
    private HttpResponse<String> until(int status, Supplier<HttpRequest.Builder> request) throws InterruptedException {
        while (isOn()) {
            try {
                var answer = client.send(
                        request.get().timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
                if (answer.statusCode() == status) {
                    return answer;
                }
                requireLater(answer);
            } catch (IOException cutOff) {
                journal.unanswered();
            }
            stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
        throw new Stopped();
    }

    /** The end of the trial came before the answer. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A killed server gives no answer; one without its database says so, and nothing else. */
    private void requireLater(HttpResponse<String> answer) {
        if (answer.statusCode() != 503 && answer.statusCode() != 409) {
            throw new AssertionError(
                    answer.request().uri() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        journal.unanswered();
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    private HttpRequest.Builder post(String path, String token, String key, Object body) {
        try {
            return HttpRequest.newBuilder(URI.create(api + path))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + token)
                    .header("Idempotency-Key", key)
                    .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Somebody who pays a part of some bills in each turn, and asks some of it back in every third. */
    Void payAgainAndAgain(Supplier<String> token, List<String> bills) throws Exception {
        try {
            for (int turn = 0; isOn(); turn++) {
                var payment = pay(token, bills);
                if (turn % 3 == 0) {
                    askBack(token, payment);
                }
            }
        } catch (Stopped theEnd) {
            return null;
        }
        return null;
    }

    private String pay(Supplier<String> token, List<String> bills) throws Exception {
        var key = UUID.randomUUID().toString();
        var order = json(until(
                201, () -> post("/v1/payments", token.get(), key, Map.of("billIds", bills, "amountFen", PART_FEN))));
        var id = order.path("paymentId").asText();
        journal.acknowledged(Kind.ORDER, id);
        var paid = json(client.send(
                HttpRequest.newBuilder(URI.create(simulators + "/control/wechat-pay/payments"))
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(
                                Map.of("outTradeNo", order.path("outTradeNo").asText()))))
                        .build(),
                BodyHandlers.ofString()));
        tell(paid.path("outTradeNo").asText(), paid.path("transactionId").asText());
        return id;
    }

    /** WeChat's notice, some copies at once, until one is acknowledged. */
    private void tell(String outTradeNo, String transactionId) throws InterruptedException {
        var copies = IntStream.range(0, COPIES - 1)
                .mapToObj(copy ->
                        client.sendAsync(notice(outTradeNo, transactionId).build(), BodyHandlers.discarding()))
                .toList();
        until(204, () -> notice(outTradeNo, transactionId));
        journal.acknowledged(Kind.NOTICE, outTradeNo);
        // whatever the copies were answered: a killed server answers none of them
        copies.forEach(copy -> copy.handle((answer, failure) -> null).join());
    }

    private HttpRequest.Builder notice(String outTradeNo, String transactionId) {
        var letter = Letters.paid(Simulators.APP_ID, outTradeNo, transactionId, PART_FEN, Instant.now());
        var request = HttpRequest.newBuilder(URI.create(api + "/callbacks/wechat-pay"))
                .POST(BodyPublishers.ofString(letter.body()));
        letter.headers().forEach(request::header);
        return request;
    }

    private void askBack(Supplier<String> token, String paymentId) throws InterruptedException {
        var key = UUID.randomUUID().toString();
        var body = Map.of("amountFen", BACK_FEN, "reason", "多缴退回");
        var refund = json(until(201, () -> post("/v1/payments/" + paymentId + "/refunds", token.get(), key, body)));
        var id = refund.path("refundId").asText();
        journal.acknowledged(Kind.REFUND, id);
        toApprove.add(id);
    }

    /** An office that approves what is asked for and bills one month after the other, over and over. */
    Void workAtTheOffice(Supplier<String> token, List<String> months) throws Exception {
        try {
            for (int turn = 0; isOn(); turn++) {
                bill(token, months.get(turn % months.size()));
                for (var id = toApprove.poll(); id != null; id = toApprove.poll()) {
                    approve(token, id);
                }
            }
        } catch (Stopped theEnd) {
            return null;
        }
        return null;
    }

    private void bill(Supplier<String> token, String month) throws InterruptedException {
        var key = UUID.randomUUID().toString();
        var body = Map.of("programme", "public-rental", "month", month, "dryRun", false);
        var run = json(until(202, () -> post("/v1/staff/bill-runs", token.get(), key, body)));
        journal.acknowledged(Kind.BILL_RUN, run.path("runId").asText());
    }

    private void approve(Supplier<String> token, String refundId) throws InterruptedException {
        var key = UUID.randomUUID().toString();
        until(200, () -> post("/v1/staff/refunds/" + refundId + "/approval", token.get(), key, Map.of("reason", "核实")));
        journal.acknowledged(Kind.APPROVAL, refundId);
    }
}
