package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.bench.PaymentOrders.Order;
import io.anju.platform.db.DbAddress;
import io.anju.platform.db.StatementTap;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.Letters;
import io.anju.sandbox.wechatpay.Letters.Letter;
import io.anju.sandbox.wechatpay.MerchantFiles;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Tells a server that orders were paid, signed and encrypted as WeChat does, until each is posted; in turn with the very
 * same statements run plainly on a copy of the database: by pgbench where it is installed, otherwise by a plain driver.
 */
@Command(
        name = "payment",
        mixinStandardHelpOptions = true,
        description = "Measure how many payment notices are posted in a second, over the plain statements alone")
final class PaymentBench implements Callable<Integer> {
    private static final String PATH = "/callbacks/wechat-pay";
    private static final int TAKEN = 204;

    @Option(names = "--warm-up", description = "notices posted before any is measured (default: ${DEFAULT-VALUE})")
    int warmUp = 15_000;

    @Option(names = "--notices", description = "notices in each round (default: ${DEFAULT-VALUE})")
    int notices = 4_000;

    @Option(names = "--rounds", description = "rounds, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 5;

    @Option(
            names = "--connections",
            description = "notices under way at once, and connections of the plain run (default: ${DEFAULT-VALUE})")
    int connections = 16;

    @Option(
            names = "--terms",
            description = "leases signed at the desk, whose terms the others share (default: ${DEFAULT-VALUE})")
    int terms = 200;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "payment.json");

    private Results results = new Results();

    /** One round: how many in a second, and what each cost the server and the database's sessions. */
    private record Round(double perSecond, double serverMicros, double databaseMicros) {}

    @Override
    public Integer call() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("payment", out, (stage, figures) -> {
            results = figures;
            play(stage);
        });
    }

    private void play(Stage stage) throws Exception {
        int all = 1 + warmUp + rounds * notices;
        System.out.println("Preparing " + all + " bills, each with an order that waits to be paid");
        var orders = PaymentOrders.prepare(stage, "prepared", all, terms);
        var script = record(stage.copy("prepared", "recorded"), stage.folder(), orders.get(0));
        System.out.println(script.size() + " statements a notice");
        var real = stage.copy("prepared", "real");
        var plainly = stage.copy("prepared", "plain");
        try (var plain = PlainRun.open(plainly, stage.folder(), script, orders, connections);
                var server = stage.serve(real, settings(stage.folder()))) {
            System.out.println("The same statements are run by " + plain.name());
            measure(orders, server, real, plain);
        }
        PaymentOrders.requirePosted(real, all - 1);
        PaymentOrders.requirePosted(plainly, rounds * notices);
    }

    private static Map<String, String> settings(Path folder) throws Exception {
        var settings = new HashMap<>(MerchantFiles.write(folder, "http://127.0.0.1:9"));
        settings.put("ANJU_WECHAT_APP_ID", Simulators.APP_ID);
        settings.put("ANJU_WECHAT_SECRET_FILE", folder.resolve("wechat.secret").toString());
        // only notices are measured
        settings.put("ANJU_JOBS", "off");
        return settings;
    }

    /** Takes down what a notice makes the server run. */
    private static PlainScript record(DbAddress address, Path folder, Order sample) throws Exception {
        var recording = new Recording();
        // whatever the server looks for by itself, every few seconds, is none of the notice's
        StatementTap tap = (tx, sql, batch, values, answer) -> {
            if (tx != null) {
                recording.ran(tx, sql, batch, values, answer);
            }
        };
        var vertx = Vertx.vertx();
        try (var world = World.start(address, folder, tap);
                var load = new Load(vertx, world.port(), 1)) {
            recording.begin();
            load.run(1, TAKEN, n -> shot(letter(sample)));
            return PlainScript.of(recording.end("").steps(), sample);
        } finally {
            vertx.close().await();
        }
    }

    private void measure(List<Order> orders, ChildServer server, DbAddress real, PlainRun plain) throws Exception {
        var vertx = Vertx.vertx();
        var plainly = new double[rounds];
        var told = new Round[rounds];
        try (var load = new Load(vertx, server.port(), connections);
                var meter = new BackendMeter(real)) {
            System.out.println("Warming up");
            for (int from = 1; from < 1 + warmUp; from += notices) {
                tell(orders.subList(from, Math.min(from + notices, 1 + warmUp)), load, server, meter);
            }
            for (int i = 0; i < rounds; i++) {
                int from = 1 + warmUp + i * notices;
                plainly[i] = plain.run(from, notices);
                told[i] = tell(orders.subList(from, from + notices), load, server, meter);
                System.out.printf(
                        "plainly %.0f/s, told %.0f/s, %.0f µs in the server and %.0f µs in the database each; load %.1f%n",
                        plainly[i],
                        told[i].perSecond(),
                        told[i].serverMicros(),
                        told[i].databaseMicros(),
                        BackendMeter.machineLoad());
            }
        } finally {
            vertx.close().await();
        }
        report(plain.name(), plainly, told);
    }

    private Round tell(List<Order> orders, Load load, ChildServer server, BackendMeter meter) throws Exception {
        // a signature is good for five minutes, so they are written just before they are sent
        var letters = IntStream.range(0, orders.size())
                .parallel()
                .mapToObj(i -> letter(orders.get(i)))
                .map(PaymentBench::shot)
                .toList();
        var serverBefore = server.cpu();
        var databaseBefore = meter.used();
        var outcome = load.run(letters.size(), TAKEN, letters::get);
        var inServer = server.cpu().minus(serverBefore);
        var inDatabase = meter.usedSince(databaseBefore);
        return new Round(
                outcome.perSecond(),
                inServer.toNanos() / 1e3 / outcome.answers(),
                inDatabase.toNanos() / 1e3 / outcome.answers());
    }

    private static Letter letter(Order order) {
        return Letters.paid(Simulators.APP_ID, order.number(), order.transactionId(), order.fen(), Instant.now());
    }

    private static Load.Shot shot(Letter letter) {
        return new Load.Shot(HttpMethod.POST, PATH, letter.headers(), Buffer.buffer(letter.body()));
    }

    private void report(String driver, double[] plainly, Round[] told) {
        var name = "the same statements by " + driver + ", " + connections + " at once";
        results.add(name, Stage.median(plainly), "/s", rounds);
        results.add(
                "notices to posted ledger",
                Stage.median(Arrays.stream(told).mapToDouble(Round::perSecond).toArray()),
                "/s",
                rounds,
                name);
        var ratios = IntStream.range(0, rounds)
                .mapToDouble(i -> told[i].perSecond() / plainly[i])
                .toArray();
        results.add("share of the plain rate, round by round", 100 * Stage.median(ratios), "%", rounds);
        results.add(
                "server CPU of a notice",
                Stage.median(
                        Arrays.stream(told).mapToDouble(Round::serverMicros).toArray()),
                "µs",
                rounds);
        results.add(
                "database CPU of a notice",
                Stage.median(
                        Arrays.stream(told).mapToDouble(Round::databaseMicros).toArray()),
                "µs",
                rounds);
    }
}
