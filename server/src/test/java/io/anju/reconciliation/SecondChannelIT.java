package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.ledger.LedgerService;
import io.anju.payment.Difference;
import io.anju.payment.Movements;
import io.anju.platform.jobs.Jobs;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import io.anju.testing.Payer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Another channel beside WeChat: neither is compared with what the other holds, and each has its own share. */
class SecondChannelIT {
    private static final Biller BILLER = new Biller();
    private static final String OTHER = "alipay";
    private static final long FEN = 10_000;
    private static final long LIMIT_NANOS = 60_000_000_000L;

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RunStore runs = new RunStore();
    private String otherBill = "";

    /** In the order of the days, because what comes again by the clock does not come again when that goes back. */
    @Test
    void each_channel_is_compared_for_itself_and_the_shares_are_told_by_channel_and_in_sum() {
        var service = service();
        var jobs = new Jobs(anju.db());
        service.handleJobs(jobs);
        service.meter(meters, anju.clock());
        var day = anju.clock().today();
        var payer = Payer.of(anju);
        for (int i = 0; i < 2; i++) {
            payer.pays(null, BILLER.bill(anju, FEN, payer.id()));
        }
        shows(1, 1, 1);
        anju.clock().set(day.plusDays(1), LocalTime.of(10, 30));
        runDue(jobs);
        // the other channel was never used, so nobody waits for it
        anju.clock().set(day.plusDays(1), LocalTime.of(11, 30));
        shows(1, 1, 1);

        // it lists a number that is WeChat's: that it was paid here says nothing of that channel
        var number = Anju.await(anju.db()
                        .find(
                                "SELECT min(out_trade_no) AS number FROM payment.payment",
                                row -> row.getString("number")))
                .orElseThrow();
        otherBill = new BillText()
                .add(BillText.payment(day, number, "2088000000000001", FEN))
                .text();
        compare(jobs, OTHER, day);
        assertThat(items("payment-missing-here")).containsExactly(OTHER + " payment-missing-here " + number);
        // of 300 yuan in all 200 are verified
        shows(1, 0, 0.6666);
        compare(jobs, "wechat", day);
        assertThat(items("payment-missing-here")).hasSize(1);
        shows(1, 0, 0.6666);

        // the next day only WeChat is compared: of a sum with an unknown part nothing is told
        anju.clock().set(day.plusDays(2), LocalTime.of(10, 30));
        compare(jobs, "wechat", day.plusDays(1));
        anju.clock().set(day.plusDays(2), LocalTime.of(11, 30));
        shows(1, 0, 0);
    }

    @Test
    void what_two_channels_tell_alike_is_told_once_by_each() {
        for (var channel : List.of("wechat", OTHER, OTHER, "wechat")) {
            var told = new Difference(channel, null, Difference.Kind.UNKNOWN_ORDER, "T4200001", null, "10000 fen CNY");
            Anju.await(anju.db()
                    .inTransaction(tx ->
                            new ToldDifferences().raise(tx, told, anju.clock().instant())));
        }
        assertThat(items("unknown-order"))
                .containsExactly(OTHER + " unknown-order T4200001", "wechat unknown-order T4200001");
    }

    private ReconciliationService service() {
        return new ReconciliationService(
                anju.vertx(),
                anju.db(),
                anju.domains().identity,
                new LedgerService(),
                new Movements(),
                List.of(channel("wechat", anju.domains().payments.provider()::tradeBill), channel(OTHER, this::bill)));
    }

    private static Channel channel(String name, Function<LocalDate, Future<Optional<Path>>> bill) {
        return new Channel(name, "1900000001", "wxsimulated0000001", new BigDecimal("0.006"), bill);
    }

    private Future<Optional<Path>> bill(LocalDate day) {
        try {
            return Future.succeededFuture(
                    Optional.of(Files.writeString(Files.createTempFile("bill-" + day, ".csv"), otherBill)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compare(Jobs jobs, String channel, LocalDate day) {
        var id = UUID.randomUUID();
        var now = anju.clock().instant();
        Anju.await(anju.db()
                .inTransaction(tx -> runs.insert(tx, id, channel, day, null, now)
                        .compose(inserted -> ReconciliationRun.enqueue(tx, id, now))));
        runDue(jobs);
        assertThat(Anju.await(runs.find(anju.db(), id)).orElseThrow().state()).isEqualTo(Run.State.DONE);
    }

    private static void runDue(Jobs jobs) {
        Anju.await(jobs.runDue(anju.clock().instant()));
    }

    private static List<String> items(String kind) {
        return Anju.await(anju.db()
                .list(
                        "SELECT channel || ' ' || kind || ' ' || subject AS item FROM reconciliation.item WHERE kind = $1 ORDER BY channel, kind, subject",
                        row -> row.getString("item"),
                        kind));
    }

    /** A reading asks for what the next one shows, so it is read until this has come. */
    private void shows(double wechat, double other, double all) {
        var wanted = List.of(wechat, other, all);
        var end = System.nanoTime() + LIMIT_NANOS;
        List<Double> shown;
        do {
            shown = List.of(
                    share("wechat"),
                    share(OTHER),
                    meters.get("anju.reconciliation.verified.share").gauge().value());
        } while (!shown.equals(wanted) && System.nanoTime() < end);
        assertThat(shown).isEqualTo(wanted);
    }

    private double share(String channel) {
        return meters.get("anju.reconciliation.channel.verified.share")
                .tag("channel", channel)
                .gauge()
                .value();
    }
}
