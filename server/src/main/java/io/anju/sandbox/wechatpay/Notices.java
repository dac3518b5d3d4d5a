package io.anju.sandbox.wechatpay;

import io.anju.sandbox.wechatpay.NoticeWriter.Letter;
import io.anju.sandbox.wechatpay.PaySwitches.Effect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The notices that wait to be delivered. A merchant has five seconds to answer with 200 or 204; otherwise the notice
 * comes again after the ladder's next wait, and after the last one never. Thread-safe.
 */
final class Notices {
    private static final long ANSWER_WITHIN_MILLIS = 5_000;
    private static final int CONNECTIONS = 64;
    private static final int AT_ONCE = 256;

    private final HttpClient client;
    private final NoticeWriter writer;
    private final PaySwitches switches;
    private final List<Notice> waiting = new ArrayList<>();

    Notices(Vertx vertx, PayKeys keys, PaySwitches switches) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout((int) ANSWER_WITHIN_MILLIS),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        this.writer = new NoticeWriter(keys, switches);
        this.switches = switches;
    }

    synchronized void add(Notice notice) {
        if (!switches.isTaken(Effect.LOSE_NOTICE)) {
            waiting.add(notice);
        }
    }

    /** How long the first delivery waits. */
    Duration firstWait() {
        return switches.take(Effect.DELAY_NOTICE)
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(Duration.ZERO);
    }

    synchronized List<Notice> waiting() {
        return List.copyOf(waiting);
    }

    /** Delivers all that is due; gives how many were taken up. */
    Future<Integer> deliverDue(String serial, Instant now) {
        var due = takeDue(now);
        if (due.isEmpty()) {
            return Future.succeededFuture(0);
        }
        if (switches.isTaken(Effect.REORDER_DELIVERIES)) {
            Collections.reverse(due);
        }
        var deliveries =
                due.stream().map(notice -> deliver(notice, serial, now)).toList();
        return Future.join(deliveries)
                .otherwiseEmpty()
                .compose(done -> due.size() < AT_ONCE
                        ? Future.succeededFuture(due.size())
                        : deliverDue(serial, now).map(more -> due.size() + more));
    }

    private synchronized List<Notice> takeDue(Instant now) {
        var due = new ArrayList<>(waiting.stream()
                .filter(notice -> !now.isBefore(notice.dueAt()))
                .limit(AT_ONCE)
                .toList());
        waiting.removeAll(due);
        return due;
    }

    private Future<Void> deliver(Notice notice, String serial, Instant now) {
        if (switches.isTaken(Effect.DROP_DELIVERY)) {
            again(notice, now);
            return Future.succeededFuture();
        }
        var answers = writer.write(notice, serial, now).stream()
                .map(letter -> send(notice.url(), letter))
                .toList();
        // the probe, if there is one, is not what was to be heard
        return Future.join(answers).otherwiseEmpty().map(done -> {
            if (!answers.get(0).succeeded()) {
                again(notice, now);
            }
            return null;
        });
    }

    private synchronized void again(Notice notice, Instant now) {
        var next = notice.failed(now);
        if (!next.isGivenUp()) {
            waiting.add(next);
        }
    }

    private Future<Void> send(String url, Letter letter) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url)
                .setTimeout(ANSWER_WITHIN_MILLIS)
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json")
                .putHeader("Wechatpay-Serial", letter.serial())
                .putHeader("Wechatpay-Timestamp", letter.timestamp())
                .putHeader("Wechatpay-Nonce", letter.nonce())
                .putHeader("Wechatpay-Signature", letter.signature())
                .putHeader("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048");
        // only the status says whether it was heard; whatever comes after it is passed over
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(letter.body())))
                .compose(Notices::requireHeard);
    }

    private static Future<Void> requireHeard(HttpClientResponse answer) {
        return answer.statusCode() == 200 || answer.statusCode() == 204
                ? Future.succeededFuture()
                : Future.failedFuture("answered " + answer.statusCode());
    }

    Future<Void> close() {
        return client.close();
    }
}
