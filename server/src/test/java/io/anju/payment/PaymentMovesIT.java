package io.anju.payment;

import static io.anju.testing.Anju.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.Domains;
import io.anju.ledger.LedgerReport;
import io.anju.testing.Anju;
import io.anju.testing.Biller;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The tables of moves in the program and in the database, and what the database refuses whoever asks. */
class PaymentMovesIT {
    private static final Biller BILLER = new Biller();

    @RegisterExtension
    static final Anju anju = Anju.server().atStart(app -> app.domains().payments.usePayables(BILLER));

    @Test
    void are_the_same_in_the_program_and_in_the_database() {
        var program = Stream.concat(
                Arrays.stream(OrderState.values())
                        .flatMap(from -> from.nextStates().stream().map(to -> "payment " + from.id() + " " + to.id())),
                Arrays.stream(RefundStage.values())
                        .flatMap(from -> from.nextStages().stream().map(to -> "refund " + from.id() + " " + to.id())));
        var database = await(anju.db()
                .list(
                        "SELECT thing || ' ' || from_state || ' ' || to_state AS move FROM payment.legal_move",
                        row -> row.getString("move")));
        assertThat(database).containsExactlyInAnyOrderElementsOf(program.toList());
    }

    @Test
    void are_refused_by_the_database_where_they_are_not_on_the_table() {
        var order = Orders.open(anju, BILLER.bill(anju, 100, UUID.randomUUID()), 100);
        assertThatThrownBy(() -> update("state = 'failed', version = version + 1", order.id()))
                .hasMessageContaining("no payment moves");
        assertThatThrownBy(() -> update("state = 'closing'", order.id())).hasMessageContaining("version");
        assertThatThrownBy(() -> ownerRuns("UPDATE payment.payment SET amount_fen = 1 WHERE id = '" + order.id() + "'"))
                .hasMessageContaining("does not change");
        assertThatThrownBy(() -> ownerRuns("DELETE FROM payment.payment")).hasMessageContaining("only ever added");
    }

    @Test
    void of_posted_rows_there_are_none() {
        BILLER.bill(anju, 100, UUID.randomUUID());
        for (var change : new String[] {
            "UPDATE ledger.entry SET amount_fen = 1",
            "DELETE FROM ledger.posting",
            "TRUNCATE ledger.entry",
            "UPDATE ledger.account SET balance_fen = balance_fen + 1"
        }) {
            assertThatThrownBy(() -> await(anju.db().run(change))).isInstanceOf(RuntimeException.class);
        }
        assertThatThrownBy(() -> ownerRuns("DELETE FROM ledger.entry")).hasMessageContaining("only ever added");
        assertThatThrownBy(() -> ownerRuns("UPDATE ledger.account SET balance_fen = balance_fen + 1"))
                .hasMessageContaining("last entry");
    }

    /** A check that never fails checks nothing: each kind of damage is done behind the triggers' back, and found. */
    @Test
    void behind_the_triggers_back_are_found() throws SQLException {
        BILLER.bill(anju, 100, UUID.randomUUID());
        damage("UPDATE ledger.entry SET amount_fen = amount_fen + 1 WHERE amount_fen > 0", "I1", "I2", "I3");
        damage("UPDATE ledger.account SET balance_fen = balance_fen + 1", "I2");
        damage("UPDATE ledger.account SET version = version + 1", "I3");
        damage("UPDATE ledger.account_kind SET most_fen = 1 WHERE kind = 'receivable'", "I4");
        damage("GRANT UPDATE ON ledger.entry TO anju_app", "I7");
        damage("UPDATE ledger.posting SET city_code = '320300'", "I9");
        damage("ALTER TABLE ledger.account ALTER COLUMN balance_fen TYPE numeric", "I12");
        damage("UPDATE ledger.posting SET kind = 'payment'", "I10");
        damage("UPDATE ledger.posting SET kind = 'refund'", "I10r");
        Orders.open(anju, BILLER.bill(anju, 100, UUID.randomUUID()), 100);
        damage("UPDATE payment.payment SET reserved_fen = 1", "I8");
        damage("DELETE FROM payment.open_bill", "P1");
    }

    /** In a transaction that is rolled back, so that the next damage meets a sound ledger. */
    private static void damage(String statement, String... rules) throws SQLException {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
            connection.setAutoCommit(false);
            try (var sql = connection.createStatement()) {
                sql.execute("SET LOCAL session_replication_role = replica");
                sql.execute(statement);
                for (var rule : Domains.ledgerAudit().rules()) {
                    try (var faults = sql.executeQuery("SELECT count(*) FROM (" + rule.faultsSql() + ") fault")) {
                        faults.next();
                        assertThat(faults.getLong(1) > 0)
                                .as(statement + " breaks " + rule.name())
                                .isEqualTo(Arrays.asList(rules).contains(rule.name()));
                    }
                }
            }
            connection.rollback();
        }
    }

    @Test
    void leave_a_ledger_that_holds() {
        var report = await(Domains.ledgerAudit().run(anju.db()));
        assertThat(report.holds()).isTrue();
        assertThat(report.lines()).extracting(LedgerReport.Line::faults).containsOnly(0L);
        var auditor = anju.people().staff("city", "3702");
        var told =
                anju.http().get("/v1/staff/ledger-check", auditor).expect(200).json();
        assertThat(told.path("holds").asBoolean()).isTrue();
        assertThat(told.path("rules")).hasSameSizeAs(report.lines());
        var trial =
                anju.http().get("/v1/staff/trial-balance", auditor).expect(200).json();
        assertThat(trial.path("debitFen").asLong())
                .isEqualTo(trial.path("creditFen").asLong());
    }

    private static void update(String set, UUID id) {
        await(anju.db().run("UPDATE payment.payment SET " + set + " WHERE id = '" + id + "'"));
    }

    private static void ownerRuns(String statement) throws SQLException {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
