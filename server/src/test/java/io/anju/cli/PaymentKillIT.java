package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.Domains;
import io.anju.cli.PaymentJournal.Kind;
import io.anju.platform.time.Shanghai;
import io.anju.sandbox.Simulators;
import io.anju.testing.Anju;
import io.anju.testing.Desk;
import io.anju.testing.Payer;
import io.anju.testing.Seeds;
import io.anju.testing.Tenancies;
import io.anju.testing.Tenancies.Home;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private static final int KILLS = Integer.getInteger("anju.kills", 50);
    private static final long SEED = Seeds.of(PaymentKillIT.class);
    private static final int PAYERS = 3;
    /** One kill in about so many takes the server, the others the database. */
    private static final int SERVER_EVERY = 4;

    private static final int MOST_WRITES_BETWEEN = 16;
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
    private @Nullable StandBy servers;

    @AfterAll
    static void close() throws Exception {
        VERTX.close().await(20, TimeUnit.SECONDS);
    }

    private static String url() {
        return "http://127.0.0.1:" + API.port();
    }

    @Test
    void whatever_is_killed_no_acknowledged_payment_refund_or_bill_run_is_lost_and_the_ledger_holds() throws Exception {
        var random = new Random(SEED);
        anju.clock().set(TIME.instant());
        var office = Desk.of(anju, "city", "4401");
        var bills = rent(office);
        var simulators = Simulators.start(VERTX, TIME, 0).await(20, TimeUnit.SECONDS);
        simulators.pay().deliverEvery(Duration.ofMillis(500));
        var load = new PaymentLoad(url(), simulators.url(), journal);
        try {
            var child = new ChildServer(anju, "child", simulators.url(), database.address(), url());
            child.keepClasses();
            servers = StandBy.start(child::serve, API);
            logIn(office);
            begin(load, bills);
            int serversKilled = 0;
            var began = System.nanoTime();
            for (int kill = 0; kill < KILLS; kill++) {
                waitForWrites(1 + random.nextInt(MOST_WRITES_BETWEEN));
                if (random.nextInt(SERVER_EVERY) == 0) {
                    servers().killFirst();
                    serversKilled++;
                } else {
                    servers().awaitBoth();
                    database.kill();
                    database.startAgain();
                }
                check();
                logIn(office);
            }
            System.out.printf(
                    "%d kills, %d of them of the server, in %d s%n",
                    KILLS, serversKilled, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
            waitForWrites(MOST_WRITES_BETWEEN);
        } finally {
            load.stop();
            threads.shutdown();
            if (servers != null) {
                servers.killBoth();
            }
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
        System.out.println("none lost: " + journal);
    }

    /** The bills of a lease of each payer: rent, which on the last day of a month is little, and the deposit. */
    private List<List<String>> rent(Desk office) {
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
                        .path("items")
                        .findValuesAsText("billId"))
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

    private StandBy servers() {
        return Objects.requireNonNull(servers);
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

    private void begin(PaymentLoad load, List<List<String>> bills) {
        for (int i = 0; i < PAYERS; i++) {
            var payer = payers.get(i);
            var owed = bills.get(i);
            working.add(threads.submit(() -> load.payAgainAndAgain(payer::token, owed)));
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
        var log = servers == null ? "" : servers.logText();
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
