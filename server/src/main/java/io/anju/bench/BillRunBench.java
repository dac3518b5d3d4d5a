package io.anju.bench;

import ch.qos.logback.classic.Level;
import io.anju.Domains;
import io.anju.platform.time.Shanghai;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Bills many leases month after month. In the same run as plain statements that write as many rows of bills, postings and
 * entries into tables with the same keys and nobody watching.
 */
@Command(
        name = "bill-run",
        mixinStandardHelpOptions = true,
        description = "Measure how long the monthly bill run of many leases takes; takes some minutes")
final class BillRunBench implements Callable<Integer> {
    private static final String TABLES = """
            DROP TABLE IF EXISTS plain_bill, plain_posting, plain_entry;
            CREATE TABLE plain_bill (LIKE rent.bill INCLUDING ALL);
            CREATE TABLE plain_posting (LIKE ledger.posting INCLUDING ALL);
            CREATE TABLE plain_entry (LIKE ledger.entry INCLUDING ALL)
            """;

    private static final String BILLS = """
            INSERT INTO plain_bill
                   (bill_id, lease_id, city_code, charge, from_date, to_date, due_on, amount_fen, subsidy_fen, subsidy_state,
                    issued_at)
            SELECT uuidv7(), a.lease_id, a.city_code, 'rent', l.from_date, l.to_date, l.due_on, l.amount_fen, l.subsidy_fen,
                   'none', now()
              FROM rent.account a
              JOIN rent.plan_line l USING (plan_id)
             WHERE l.due_on >= '%1$s' AND l.due_on < '%2$s' AND l.amount_fen > 0
            """;

    private static final String POSTINGS = """
            INSERT INTO plain_posting (city_code, business_key, kind, value_date, posted_at, about, digest)
            SELECT city_code, 'bill:' || bill_id, 'bill', current_date, issued_at,
                   jsonb_build_object('billId', bill_id, 'charge', charge, 'from', from_date, 'to', to_date),
                   sha256(bill_id::text::bytea)
              FROM plain_bill
            """;

    private static final String ENTRIES = """
            INSERT INTO plain_entry (account_id, version, posting_id, amount_fen, balance_fen, posted_at)
            SELECT a.id, row_number() OVER so_far, p.id, sign * b.amount_fen, sum(sign * b.amount_fen) OVER so_far, p.posted_at
              FROM plain_bill b
              JOIN plain_posting p ON p.business_key = 'bill:' || b.bill_id
              JOIN rent.account r USING (lease_id)
             CROSS JOIN LATERAL (VALUES ('receivable', r.lease_id::text, 1), ('rent_income', r.provider, -1))
                   AS side (kind, owner, sign)
              JOIN ledger.account a ON a.city_code = b.city_code AND a.kind = side.kind AND a.owner = side.owner
            WINDOW so_far AS (PARTITION BY a.id ORDER BY p.number ROWS UNBOUNDED PRECEDING)
            """;

    @Option(names = "--leases", description = "leases to bill (default: ${DEFAULT-VALUE})")
    int leases = 1_000_000;

    @Option(
            names = "--terms",
            description = "leases signed at the desk, whose terms the others share (default: ${DEFAULT-VALUE})")
    int terms = 2_000;

    @Option(names = "--rounds", description = "further months, of which the median counts (default: ${DEFAULT-VALUE})")
    int rounds = 3;

    @Option(names = "--out", description = "where to write the figures (default: ${DEFAULT-VALUE})")
    Path out = Path.of("server", "target", "bench", "bill-run.json");

    private Results results = new Results();

    @Override
    public Integer call() throws Exception {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        return Stage.play("bill-run", out, (stage, figures) -> {
            results = figures;
            play(stage);
        });
    }

    private void play(Stage stage) throws Exception {
        var now = Instant.now();
        var today = Shanghai.date(now);
        var address = stage.database("leases");
        try (var world = World.start(address, stage.folder(), (tx, sql, batch, values, answer) -> {});
                var owner = Stage.owner(address)) {
            var desk = LeaseDesk.open(world, now);
            System.out.println("Signing " + terms + " leases at the desk");
            desk.sign(terms, today);
            System.out.println("Writing " + (leases - terms) + " more of the same terms");
            long begun = System.nanoTime();
            new LeaseFill(world.domains(), now).add(leases - terms);
            results.add("leases written", (leases - terms) / Stage.seconds(begun), "/s", 1);
            Stage.run(owner, "VACUUM ANALYZE");
            measure(world.domains(), desk, owner, today.withDayOfMonth(1), now);
        }
    }

    private void measure(Domains domains, LeaseDesk desk, Connection owner, LocalDate first, Instant now)
            throws Exception {
        double opening = 0;
        var plain = new double[rounds];
        var billed = new double[rounds];
        // what comes again every night is done before, so that nothing but the runs is due while they are measured
        domains.jobs.runDue(now).await();
        for (int i = 0; i <= rounds; i++) {
            var month = first.plusMonths(i);
            System.out.println("Billing " + month.toString().substring(0, 7));
            var id = desk.startRun(month);
            long begun = System.nanoTime();
            domains.jobs.runDue(Instant.now()).await();
            double took = Stage.seconds(begun);
            require(desk, id);
            double plainly = plain(owner, month);
            if (i == 0) {
                opening = took;
            } else {
                billed[i - 1] = took;
                plain[i - 1] = plainly;
            }
            System.out.printf("%.1f s, plainly %.1f s%n", took, plainly);
            Stage.run(owner, "ANALYZE");
        }
        var name = "insert … select of bills, postings, entries, " + leases + " leases";
        results.add(name, Stage.median(plain), "s", rounds);
        results.add("bill run", Stage.median(billed), "s", rounds, name);
        results.add("first bill run: lines worked out, accounts opened", opening, "s", 1, name);
    }

    private void require(LeaseDesk desk, String id) throws Exception {
        var run = desk.run(id);
        if (!run.path("state").asText().equals("done") || run.path("bills").asInt() != leases) {
            throw new IllegalStateException("the run came to " + run);
        }
    }

    private double plain(Connection owner, LocalDate month) throws SQLException {
        Stage.run(owner, TABLES);
        long begun = System.nanoTime();
        Stage.run(owner, BILLS.formatted(month, month.plusMonths(1)));
        Stage.run(owner, POSTINGS);
        Stage.run(owner, ENTRIES);
        double took = Stage.seconds(begun);
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM plain_entry")) {
            rows.next();
            if (rows.getLong(1) != 2L * leases) {
                throw new IllegalStateException("plainly, " + rows.getLong(1) + " entries were made");
            }
        }
        return took;
    }
}
