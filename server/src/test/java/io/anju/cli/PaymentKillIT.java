package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.Domains;
import io.anju.cli.PaymentJournal.Kind;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.Simulators;
import io.anju.sandbox.wechatpay.MerchantFiles;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Payer;
import io.anju.testing.Seeds;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Kills the server and the database in the middle of orders, notices with copies, refunds and bill runs. After each kill
 * every rule of the ledger holds and all that was acknowledged is there.
 *
 * <p>A small round in every build; {@code -Danju.kills=200} is the whole trial, {@code -Danju.seed} repeats one.
 */
class PaymentKillIT {
    private static final int KILLS = Integer.getInteger("anju.kills", 8);
    private static final long SEED = Seeds.of(PaymentKillIT.class);
    private static final int PAYERS = 3;
    /** One kill in so many takes the server, the others the database. */
    private static final int SERVER_EVERY = 4;

    private static final int MOST_WRITES_BETWEEN = 24;
    private static final Duration TOKEN_AGE = Duration.ofMinutes(4);
    private static final InstantSource TIME = InstantSource.system();
    private static final Vertx VERTX = Vertx.vertx();
    private static final Door API = Door.open(VERTX);

    @RegisterExtension
    @Order(1)
    static final KillableDatabase database = new KillableDatabase();

    @RegisterExtension
    @Order(2)
    static final Anju anju = Anju.server().on(database::address).with("ANJU_PUBLIC_URL", url());

    private final PaymentJournal journal = new PaymentJournal();
    private final List<Payer> payers = new ArrayList<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(PAYERS + 1);
    private final List<Future<Void>> working = new ArrayList<>();
    private Instant loggedInAt = Instant.EPOCH;
    private volatile String officeToken = "";
    private @Nullable ServerProcess server;

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(20, TimeUnit.SECONDS);
    }

    private static String url() {
        return "http://127.0.0.1:" + API.port();
    }

    @Test
    void whatever_is_killed_no_acknowledged_payment_refund_or_bill_run_is_lost_and_the_ledger_holds() throws Exception {
        System.out.println(KILLS + " kills");
        var random = new Random(SEED);
        anju.clock().set(TIME.instant());
        var office = Desk.of(anju, "city", "4401");
        var bills = rent(office);
        var simulators = Simulators.start(VERTX, TIME, 0).await(20, TimeUnit.SECONDS);
        simulators.pay().deliverEvery(Duration.ofMillis(500));
        var load = new PaymentLoad(url(), simulators.url(), journal);
        try {
            serve(simulators);
            logIn(office);
            begin(load, bills);
            for (int kill = 0; kill < KILLS; kill++) {
                waitForWrites(1 + random.nextInt(MOST_WRITES_BETWEEN));
                if (kill % SERVER_EVERY == SERVER_EVERY - 1) {
                    killServer(simulators);
                } else {
                    database.kill();
                    database.startAgain();
                }
                check();
                logIn(office);
            }
            waitForWrites(MOST_WRITES_BETWEEN);
        } finally {
            load.stop();
            threads.shutdown();
            stopServer();
        }
        try {
            for (var each : working) {
                each.get(60, TimeUnit.SECONDS);
            }
        } catch (ExecutionException failed) {
            System.out.println(lastOfLog());
            throw failed;
        }
        check();
        requireOncePerRequest();
        System.out.println(KILLS + " kills: " + journal);
    }

    /** A lease of each payer with a bill that is due. */
    private List<String> rent(Desk office) {
        var today = Shanghai.date(TIME.instant());
        var tenancies = new Tenancies(anju, office);
        var home = new Home("越秀苑", "50.00", "19.99", "43.21", today.getYear() + "-01-01", "");
        var leases = IntStream.range(0, PAYERS)
                .mapToObj(i -> lease(tenancies, home, today))
                .toList();
        tenancies.bill("public-rental", YearMonth.from(today));
        return leases.stream()
                .map(lease -> office.get("/v1/staff/leases/" + lease + "/bills?limit=10")
                        .expect(200)
                        .json()
                        .at("/items/0/billId")
                        .asText())
                .toList();
    }

    private String lease(Tenancies tenancies, Home home, LocalDate today) {
        var payer = Payer.of(anju);
        payers.add(payer);
        var tenant = tenancies.tenant(payer);
        var order = tenancies.order(
                "public-rental",
                tenancies.home(home),
                tenant,
                Tenancies.single("440100", 180_000),
                today,
                today.plusYears(3).minusDays(1));
        return tenancies.sign(order).expect(201).json().path("leaseId").asText();
    }

    private void serve(Simulators simulators) throws Exception {
        var folder = anju.folder().resolve("child");
        var settings = new HashMap<>(MerchantFiles.write(Files.createDirectories(folder), simulators.url()));
        var address = database.address();
        settings.put(
                "ANJU_DATABASE_URL",
                "postgresql://%s:%s@%s:%d/%s"
                        .formatted(
                                address.user(),
                                address.password(),
                                address.host(),
                                address.port(),
                                address.database()));
        settings.put("ANJU_KEY_FILE", anju.keyFile().toString());
        settings.put("ANJU_PUBLIC_URL", url());
        settings.put("ANJU_WECHAT_URL", simulators.url());
        settings.put("ANJU_WECHAT_APP_ID", Simulators.APP_ID);
        settings.put("ANJU_WECHAT_SECRET_FILE", secret(folder).toString());
        settings.put("ANJU_CALLER_REQUESTS_PER_MINUTE", "1000000");
        settings.put("ANJU_ADDRESS_REQUESTS_PER_MINUTE", "1000000");
        settings.put("ANJU_STAFF_TOTP_ROLES", "none");
        server = ServerProcess.start(folder, folder.resolve("server.log"), settings);
        API.leadTo(server.port());
    }

    private static Path secret(Path folder) throws Exception {
        return Files.writeString(folder.resolve("wechat.secret"), Simulators.APP_SECRET);
    }

    private void killServer(Simulators simulators) throws Exception {
        stopServer();
        serve(simulators);
    }

    private void stopServer() throws InterruptedException {
        if (server != null) {
            server.kill();
        }
    }

    /** Tokens live ten minutes, the whole trial is longer. */
    private void logIn(Desk office) {
        var now = TIME.instant();
        if (Duration.between(loggedInAt, now).compareTo(TOKEN_AGE) > 0) {
            anju.clock().set(now);
            payers.forEach(payer -> payer.waits(Duration.ZERO));
            officeToken = office.token();
            loggedInAt = now;
        }
    }

    private void begin(PaymentLoad load, List<String> bills) {
        for (int i = 0; i < PAYERS; i++) {
            var payer = payers.get(i);
            var bill = bills.get(i);
            working.add(threads.submit(() -> load.payAgainAndAgain(payer::token, bill)));
        }
        var first = YearMonth.from(Shanghai.date(TIME.instant()));
        var months = IntStream.range(0, 30)
                .mapToObj(i -> first.plusMonths(i).toString())
                .toList();
        working.add(threads.submit(() -> load.workAtTheOffice(() -> officeToken, months)));
    }

    private void waitForWrites(int more) throws Exception {
        if (!journal.awaits(more, Duration.ofMinutes(2))) {
            System.out.println("writes are not answered any more: " + journal + "\n" + lastOfLog());
            for (var each : working) {
                if (each.isDone()) {
                    each.get(); // throws what it failed with
                }
            }
            throw new AssertionError("writes are not answered any more");
        }
    }

    private String lastOfLog() {
        var log = server == null ? "" : server.logText();
        return log.substring(Math.max(0, log.length() - 20_000));
    }

    private void check() {
        var db = anju.db();
        Anju.await(db.ready(Duration.ofSeconds(60)), 90);
        assertThat(Anju.await(Domains.ledgerAudit().run(db)).broken()).isEmpty();
        journal.check(db);
    }

    /** Whoever asked again under the same key has made nothing twice. */
    private void requireOncePerRequest() {
        var orders = Anju.await(anju.db().find("SELECT count(*) AS n FROM payment.payment", row -> row.getLong("n")));
        // each payer may have been cut off in one more order by the end of the trial
        assertThat(orders.orElseThrow())
                .isBetween((long) journal.count(Kind.ORDER), (long) journal.count(Kind.ORDER) + PAYERS);
        assertThat(journal.count(Kind.NOTICE)).isPositive();
    }
}
