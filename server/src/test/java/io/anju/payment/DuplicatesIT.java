package io.anju.payment;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.Letters;
import io.anju.sandbox.wechatpay.Letters.Letter;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Seeds;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * WeChat may send one notice many times at once. The whole trial, as in the guide for operators, is
 * {@code -Danju.payment.orders=10000}; {@code -Danju.seed} repeats one.
 */
class DuplicatesIT {
    private static final int ORDERS = Integer.getInteger("anju.payment.orders", 500);
    private static final long SEED = Seeds.of(DuplicatesIT.class);
    private static final int CONNECTIONS = 64;
    private static final long FEN = 62_500;
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    /** One copy on its way to one of the instances. */
    private record Delivery(URI to, Letter letter) {}

    @Test
    void posts_each_order_once_however_often_it_is_told() {
        System.out.println(ORDERS + " orders");
        var random = new Random(SEED);
        var instances = List.of(
                anju.http().base(), anju.another().base(), anju.another().base());
        var deliveries = deliveries(random, instances);
        var told = tellAll(deliveries);
        assertThat(told).as("answers of %d copies", deliveries.size()).containsOnlyKeys(204);
        assertThat(count("SELECT count(*) AS n FROM ledger.posting WHERE kind = 'payment'"))
                .isEqualTo(ORDERS);
        assertThat(count("SELECT count(*) AS n FROM payment.payment WHERE state = 'paid'"))
                .isEqualTo(ORDERS);
        assertThat(count("SELECT count(*) AS n FROM reconciliation.item")).isZero();
        assertThat(count("SELECT balance_fen AS n FROM ledger.account WHERE kind = 'clearing'"))
                .isEqualTo(ORDERS * FEN);
    }

    private static List<Delivery> deliveries(Random random, List<URI> instances) {
        var payers = Stream.generate(UUID::randomUUID).limit(ORDERS).toList();
        var bills = BILLER.bills(anju, FEN, payers);
        var deliveries = new ArrayList<Delivery>();
        for (int from = 0; from < bills.size(); from += 100) {
            var made = bills.subList(from, Math.min(from + 100, bills.size())).stream()
                    .map(bill -> Orders.openLater(anju, bill, FEN))
                    .toList();
            Anju.await(Future.all(made));
            for (var order : made) {
                var number = order.result().outTradeNo();
                var letter = Letters.paid(
                        Simulators.APP_ID,
                        number,
                        "42" + number.substring(7),
                        FEN,
                        anju.clock().instant());
                IntStream.range(0, 3 + random.nextInt(13))
                        .forEach(copy ->
                                deliveries.add(new Delivery(instances.get(random.nextInt(instances.size())), letter)));
            }
        }
        Collections.shuffle(deliveries, random);
        return deliveries;
    }

    /** Gives how often each status was answered. */
    private static Map<Integer, Integer> tellAll(List<Delivery> deliveries) {
        var client =
                anju.vertx().createHttpClient(new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        var queue = new ConcurrentLinkedQueue<>(deliveries);
        var answers = new TreeMap<Integer, AtomicInteger>();
        var lines = IntStream.range(0, CONNECTIONS)
                .mapToObj(line -> tellNext(client, queue, answers))
                .toList();
        Anju.await(Future.all(lines), 600);
        return answers.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, answer -> answer.getValue().get()));
    }

    private static Future<Void> tellNext(
            HttpClient client, Queue<Delivery> queue, Map<Integer, AtomicInteger> answers) {
        var delivery = queue.poll();
        return delivery == null
                ? Future.succeededFuture()
                : tell(client, delivery).compose(status -> {
                    synchronized (answers) {
                        answers.computeIfAbsent(status, each -> new AtomicInteger())
                                .incrementAndGet();
                    }
                    return tellNext(client, queue, answers);
                });
    }

    private static Future<Integer> tell(HttpClient client, Delivery delivery) {
        var to = delivery.to();
        return client.request(HttpMethod.POST, to.getPort(), to.getHost(), PaymentNotices.PATH)
                .compose(request -> {
                    delivery.letter().headers().forEach(request::putHeader);
                    return request.send(Buffer.buffer(delivery.letter().body()));
                })
                .compose(answer -> answer.end().map(answer.statusCode()));
    }

    private static long count(String sql) {
        return Anju.await(anju.db().find(sql, row -> row.getLong("n"))).orElse(0L);
    }
}
