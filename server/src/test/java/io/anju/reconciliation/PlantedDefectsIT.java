package io.anju.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.ledger.LedgerService;
import io.anju.ledger.PostingKind;
import io.anju.payment.Movements;
import io.anju.platform.jobs.Jobs;
import io.anju.reconciliation.BillText.Line;
import io.anju.reconciliation.ItemStore.Wanted;
import io.anju.testing.Anju;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A day with a long bill into which every kind of difference is planted, three times each: all are found, nothing else
 * is; once more changes nothing; a bill that is right clears them. {@code -Danju.bill.lines} sets how long it is.
 */
class PlantedDefectsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final LocalDate DAY = LocalDate.of(2026, 3, 3);
    private static final int CLOSED = 3;
    private static final int LINES = Integer.getInteger("anju.bill.lines", 100_000);
    /** The numbers of a hundredth of the lines; the first few of some of them are planted. */
    private static final int BLOCK = LINES / 100;

    private static final int PAYMENTS = 95 * BLOCK + CLOSED;
    private static final int REFUNDS = 5 * BLOCK;
    private static final int EACH = 3;
    private static final int UNPOSTED = 90 * BLOCK;
    private static final String WRONG_AMOUNT = DayBooks.payment(20 * BLOCK + 1);

    private static final AtomicReference<String> BILL = new AtomicReference<>("");
    private static final List<String> PLANTED = new ArrayList<>();
    private static DayBooks books;
    private static ReconciliationService service;
    private static Jobs jobs;

    @BeforeAll
    static void a_day() {
        books = new DayBooks(anju, DAY, CLOSED, PAYMENTS, REFUNDS);
        books.write(i -> i > UNPOSTED && i <= UNPOSTED + EACH);
        var channel = new Channel(
                "wechat", "1900000001", "wxsimulated0000001", new BigDecimal("0.006"), PlantedDefectsIT::download);
        jobs = new Jobs(anju.db());
        service = new ReconciliationService(
                anju.vertx(),
                anju.db(),
                anju.domains().identity,
                new LedgerService(),
                new Movements(),
                List.of(channel));
        service.handleJobs(jobs);
    }

    private static Future<Optional<Path>> download(LocalDate day) {
        if (!day.equals(DAY)) {
            return Future.succeededFuture(Optional.empty());
        }
        return anju.vertx().executeBlocking(() -> {
            var file = Files.createTempFile("bill", ".csv");
            Files.writeString(file, BILL.get());
            return Optional.of(file);
        });
    }

    @Test
    void finds_every_planted_difference_once_and_lets_go_of_what_is_mended() {
        finds_every_planted_difference_and_no_other();
        the_meters_say_what_is_open_whose_it_is_how_old_and_how_much_was_verified();
        comparing_again_neither_loses_nor_doubles_anything();
        what_is_mended_vanishes();
        what_vanished_and_comes_back_is_open_again();
    }

    private static void finds_every_planted_difference_and_no_other() {
        BILL.set(plant().text());
        runDue(DayBooks.readyAt(DAY));
        var found = items(null);
        assertThat(found.stream().map(item -> item.kind() + " " + item.subject()))
                .containsExactlyInAnyOrderElementsOf(PLANTED);
        assertThat(found.stream().map(Item::kind).distinct()).hasSize(ItemKind.values().length);
        var run = lastRun();
        assertThat(run.state()).isEqualTo(Run.State.DONE);
        var result = run.result();
        assertThat(result).isNotNull();
        assertThat(result.lines()).isGreaterThanOrEqualTo(LINES - EACH * 2);
        assertThat(result.found()).isEqualTo(PLANTED.size());
        var unverified = BigDecimal.ONE.subtract(result.verifiedShare());
        assertThat(unverified).isBetween(new BigDecimal("0.0001"), share(PLANTED.size()));
    }

    private static void the_meters_say_what_is_open_whose_it_is_how_old_and_how_much_was_verified() {
        var watch = Anju.await(
                new ItemStore().watch(anju.db(), DayBooks.readyAt(DAY).plus(Duration.ofDays(3))));
        assertThat(watch.open()).isEqualTo(PLANTED.size());
        assertThat(watch.unowned()).isEqualTo(PLANTED.size());
        assertThat(watch.oldestDays()).isEqualTo(3);
        var result = lastRun().result();
        assertThat(result).isNotNull();
        assertThat(shareOf(DAY)).isEqualByComparingTo(result.verifiedShare());
        // a day that nobody compared was not verified
        assertThat(shareOf(DAY.plusDays(1))).isZero();
    }

    private static BigDecimal shareOf(LocalDate day) {
        return Anju.await(new RunStore().shares(anju.db(), List.of("wechat"), day))
                .ofAll();
    }

    private static void comparing_again_neither_loses_nor_doubles_anything() {
        var before = items(null);
        rerun(DayBooks.readyAt(DAY).plusSeconds(60));
        assertThat(items(null)).isEqualTo(before);
        assertThat(lastRun().number()).isEqualTo(2);
        assertThat(events("found-again")).isZero();
        assertThat(events("found")).isEqualTo(PLANTED.size());
    }

    private static void what_is_mended_vanishes() {
        var bill = new BillText();
        var unknown = BillText.payment(DAY, "UNKNOWN000", "42UNKNOWN000", 5000);
        books.lines().forEach(bill::add);
        bill.add(unknown);
        BILL.set(bill.text());
        rerun(DayBooks.readyAt(DAY).plusSeconds(120));
        var open = items("open").stream().map(item -> item.kind() + " " + item.subject());
        // the ledger's gaps are ours still, and one unknown payment is in the bill still
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "ledger-differs " + DayBooks.payment(UNPOSTED + 1),
                        "ledger-differs " + DayBooks.payment(UNPOSTED + 2),
                        "ledger-differs " + DayBooks.payment(UNPOSTED + 3),
                        "payment-missing-here UNKNOWN000");
        assertThat(items("resolved"))
                .hasSize(PLANTED.size() - 4)
                .allMatch(item -> item.resolution() == Item.Resolution.VANISHED);
    }

    private static void what_vanished_and_comes_back_is_open_again() {
        var bill = new BillText();
        books.lines().forEach(line -> bill.add(line.number().equals(WRONG_AMOUNT) ? line.withFen(1) : line));
        BILL.set(bill.text());
        books.post(IntStream.rangeClosed(UNPOSTED + 1, UNPOSTED + EACH)
                .mapToObj(i -> books.posting("payment:" + DayBooks.payment(i), PostingKind.PAYMENT, DayBooks.fen(i)))
                .toList());
        rerun(DayBooks.readyAt(DAY).plusSeconds(180));
        assertThat(items("open"))
                .singleElement()
                .satisfies(item -> assertThat(item.kind() + " " + item.subject())
                        .isEqualTo("payment-amount-differs " + WRONG_AMOUNT));
    }

    private static BigDecimal share(int lines) {
        return new BigDecimal(lines).divide(new BigDecimal(LINES), 4, RoundingMode.UP);
    }

    /** Three of each kind, each on a subject of its own. */
    private static BillText plant() {
        var bill = new BillText();
        for (var line : books.lines()) {
            var number = Integer.parseInt(line.number().replaceAll("\\D", ""));
            var block = number / BLOCK;
            var place = number % BLOCK;
            var isOne = place > 0 && place <= EACH;
            if (!isOne || !spoil(bill, line, block)) {
                bill.add(line);
            }
        }
        for (int i = 1; i <= EACH; i++) {
            bill.add(BillText.payment(DAY, "UNKNOWN00" + (i - 1), "42UNKNOWN00" + (i - 1), 5000));
            planted(ItemKind.PAYMENT_MISSING_HERE, "UNKNOWN00" + (i - 1));
            bill.add(BillText.refund(DAY, "UNKNOWNREFUND" + i, "50UNKNOWN" + i, 5000));
            planted(ItemKind.REFUND_MISSING_HERE, "UNKNOWNREFUND" + i);
            bill.add(BillText.payment(DAY, DayBooks.payment(i), DayBooks.transaction(i), DayBooks.fen(i)));
            planted(ItemKind.PAYMENT_STATE_DIFFERS, DayBooks.payment(i));
            bill.addUnreadable("`2026-03-03 00:00:00,`cut");
            planted(ItemKind.LEDGER_DIFFERS, DayBooks.payment(UNPOSTED + i));
        }
        // they come last, when all others are counted
        for (int i = 1; i <= EACH; i++) {
            planted(ItemKind.UNREADABLE_LINE, "line " + (bill.size() + i));
        }
        planted(ItemKind.SUMS_DIFFER, "sums");
        return bill.sumsOffBy(1);
    }

    private static boolean spoil(BillText bill, Line line, int block) {
        if (!line.isPayment()) {
            return spoilRefund(bill, line, block);
        }
        var number = line.number();
        switch (block) {
            case 10 -> planted(ItemKind.PAYMENT_MISSING_THERE, number);
            case 20 -> add(bill, ItemKind.PAYMENT_AMOUNT_DIFFERS, line.withFen(line.fen() + 1));
            case 30 -> add(bill, ItemKind.TRANSACTION_DIFFERS, line.withChannelNumber("42OTHER" + number));
            case 40 -> {
                bill.add(line.withChannelNumber("42TWICE" + number)).add(line);
                planted(ItemKind.CHARGED_TWICE, "42TWICE" + number);
            }
            case 50 -> {
                bill.add(line).add(line);
                planted(ItemKind.DUPLICATE_LINE, number + "#2");
            }
            case 60 -> add(bill, ItemKind.WRONG_MERCHANT, line.withMerchant("1900000999"));
            case 70 -> add(bill, ItemKind.WRONG_APP, line.withApp("wxother"));
            case 71 -> add(bill, ItemKind.WRONG_CURRENCY, line.withCurrency("USD"));
            case 72 -> add(bill, ItemKind.FEE_DIFFERS, line.withFeeFen(line.feeFen() + 1));
            case 73 -> add(bill, ItemKind.OTHER_DAY, line.withDay(DAY.minusDays(1)));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static boolean spoilRefund(BillText bill, Line line, int block) {
        switch (block) {
            case 1 -> planted(ItemKind.REFUND_MISSING_THERE, line.number());
            case 2 -> add(bill, ItemKind.REFUND_AMOUNT_DIFFERS, line.withFen(line.fen() + 1));
            case 3 -> add(bill, ItemKind.REFUND_STATE_DIFFERS, line.withState("PROCESSING"));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void add(BillText bill, ItemKind kind, Line line) {
        bill.add(line);
        planted(kind, line.number());
    }

    private static void planted(ItemKind kind, String subject) {
        PLANTED.add(kind.id() + " " + subject);
    }

    private static void runDue(Instant now) {
        Anju.await(jobs.runDue(now), 240);
    }

    private static void rerun(Instant now) {
        Anju.await(anju.db()
                .inTransaction(tx -> new RunStore()
                        .insert(tx, new UUID(0, now.getEpochSecond()), "wechat", DAY, null, now)
                        .compose(done -> ReconciliationRun.enqueue(tx, new UUID(0, now.getEpochSecond()), now))));
        runDue(now);
    }

    private static Run lastRun() {
        return Anju.await(service.list(DAY, LocalDate.of(9999, 1, 1), new UUID(-1, -1), 20)).stream()
                .max(Comparator.comparing(Run::number))
                .orElseThrow();
    }

    private static List<Item> items(@Nullable String state) {
        var wanted = new Wanted(DayBooks.CITY, state, null, null, null, false, null, null, 1_000);
        return Anju.await(new ItemStore().list(anju.db(), wanted));
    }

    private static long events(String action) {
        return Anju.await(anju.db()
                .find(
                        "SELECT count(*) AS n FROM reconciliation.item_event WHERE action = $1",
                        row -> row.getLong("n"),
                        action)
                .map(found -> found.orElseThrow()));
    }
}
