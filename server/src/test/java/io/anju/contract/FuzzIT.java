package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.anju.testing.Anju;
import io.anju.testing.Seeds;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random requests to every operation, made from the contract, by every kind of caller: whatever comes, the answer is one
 * that the contract declares, and tells nothing of what is behind it.
 *
 * <p>{@code -Danju.fuzz.requests=1000000} makes more of them, {@code -Danju.seed=7} others, and
 * {@code -Danju.fuzz.first=123 -Danju.fuzz.requests=1} only the one that failed.
 */
class FuzzIT {
    private static final int REQUESTS = Integer.getInteger("anju.fuzz.requests", 20_000);
    private static final int FIRST = Integer.getInteger("anju.fuzz.first", 0);
    private static final long SEED = Seeds.of(FuzzIT.class);
    /** Fewer than the password hashes that may wait: beyond those the answer is 503, and rightly so. */
    private static final int AT_ONCE = 32;

    private static final int BODY_LIMIT_BYTES = 1 << 20;
    private static final int LINE_LIMIT_BYTES = 8 * 1024;
    private static final int MOST_FAULTS = 20;
    private static final int MOST_SECONDS = 3_600;

    @RegisterExtension
    static final Anju anju = Anju.server().with("ANJU_TRUSTED_PROXIES", "1").with("ANJU_DATABASE_MAX_WAITING", "10000");

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> reached = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger(FIRST);

    @Test
    void every_answer_is_declared() {
        System.out.printf("fuzz: %d requests from %d%n", REQUESTS, FIRST);
        var maker = maker();
        var client = anju.vertx()
                .createHttpClient(
                        new HttpClientOptions()
                                .setDefaultPort(anju.app().port())
                                .setDefaultHost("127.0.0.1"),
                        new PoolOptions().setHttp1MaxSize(AT_ONCE));
        var wire = new FuzzWire(client);
        long started = System.nanoTime();
        long cpuStarted = cpuNanos();
        var workers =
                IntStream.range(0, AT_ONCE).mapToObj(i -> work(maker, wire)).toList();
        Anju.await(Future.join(workers), MOST_SECONDS);
        long cpuMillis = TimeUnit.NANOSECONDS.toMillis(cpuNanos() - cpuStarted);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        Anju.await(client.close());

        System.out.printf(
                "fuzz: %d requests in %d ms, %d ms of CPU, by status %s%n", REQUESTS, millis, cpuMillis, statuses);
        assertThat(faults).as("seed %d", SEED).isEmpty();
        if (REQUESTS >= 10_000) {
            everyOperationWasReached();
        }
    }

    /** A run that is refused at the door everywhere proves nothing about what is behind it. */
    private void everyOperationWasReached() {
        assertThat(Contract.ofOwnForm())
                .extracting(ContractOperation::id)
                .allSatisfy(operation -> assertThat(reached).containsKey(operation));
    }

    private Future<Void> work(FuzzMaker maker, FuzzWire wire) {
        int index = next.getAndIncrement();
        if (index >= FIRST + REQUESTS || faults.size() >= MOST_FAULTS) {
            return Future.succeededFuture();
        }
        var request = maker.make(index);
        return wire.send(request)
                .onSuccess(answer -> judge(request, answer))
                .recover(failure -> {
                    if (!isCutOff(request, failure)) {
                        faults.add(request + "\nhad no answer: " + failure);
                    }
                    return Future.succeededFuture();
                })
                .compose(done -> work(maker, wire));
    }

    /** A client that pushes on beyond the limits is hung up on, and may lose the answer that was sent to it before. */
    private static boolean isCutOff(FuzzRequest request, Throwable failure) {
        boolean isHungUp = failure instanceof HttpClosedException || failure instanceof IOException;
        boolean isTooLong = request.body != null && request.body.length > BODY_LIMIT_BYTES
                || request.uri().length() > LINE_LIMIT_BYTES;
        return isHungUp && isTooLong;
    }

    private void judge(FuzzRequest request, FuzzWire.Answer answer) {
        count(statuses, answer.status());
        if (!FuzzVerdict.ofTheDoor(answer.status())) {
            count(reached, request.operation.id());
        }
        var found = FuzzVerdict.faults(request, answer);
        if (!found.isEmpty()) {
            faults.add(request + "\nanswered " + answer + "\n  " + String.join("\n  ", found));
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static <K> void count(Map<K, AtomicInteger> counts, K key) {
        counts.computeIfAbsent(key, first -> new AtomicInteger()).incrementAndGet();
    }

    private static FuzzMaker maker() {
        var world = World.build(anju);
        var issued = Tokens.issue(anju);
        var tokens = new LinkedHashMap<String, String>();
        tokens.put("anonymous", "");
        tokens.putAll(world.owners());
        issued.audiences().forEach(audience -> tokens.put("other " + audience, issued.get(audience)));
        tokens.put("junk", "a.b.c");
        var expendable =
                IntStream.range(0, 30).mapToObj(i -> anju.people().resident()).toList();
        return new FuzzMaker(SEED, world, tokens, expendable);
    }
}
