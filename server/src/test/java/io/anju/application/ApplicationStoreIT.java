package io.anju.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.anju.platform.db.Tx;
import io.anju.testing.Anju;
import io.anju.testing.Applicants;
import io.anju.testing.Households;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the database itself holds, whoever writes. */
class ApplicationStoreIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private final Applicants applicants = new Applicants(anju);

    @Test
    void the_database_has_the_same_table_of_legal_moves() {
        Set<String> inDatabase = new HashSet<>();
        Anju.await(anju.db().run("SELECT from_state, to_state FROM application.legal_move"))
                .forEach(row -> inDatabase.add(row.getString("from_state") + " " + row.getString("to_state")));
        Set<String> inProgram = new HashSet<>();
        for (ApplicationState from : ApplicationState.values()) {
            from.nextStates().forEach(to -> inProgram.add(from.id() + " " + to.id()));
        }

        assertThat(inDatabase).isEqualTo(inProgram);
    }

    @Test
    void the_database_refuses_every_illegal_move() throws SQLException {
        var id = UUID.fromString(applicants.submitted(Households.qingdao()).id());
        try (var owner = owner()) {
            for (ApplicationState to : ApplicationState.values()) {
                if (ApplicationState.IN_REVIEW.mayMoveTo(to)) {
                    continue;
                }
                assertThatThrownBy(() -> update(owner, id, "state = '" + to.id() + "', version = version + 1"))
                        .as("in_review to " + to)
                        .hasMessageContaining("no application moves");
            }
        }
    }

    @Test
    void no_move_without_its_event() throws SQLException {
        var id = UUID.fromString(applicants.submitted(Households.qingdao()).id());
        try (var owner = owner()) {
            owner.setAutoCommit(false);
            update(owner, id, "state = 'withdrawn', version = version + 1");

            assertThatThrownBy(owner::commit).hasMessageContaining("has no event");
        }
    }

    @Test
    void every_change_counts_the_version_up_by_one() throws SQLException {
        var id = UUID.fromString(applicants.draft(Households.qingdao()).id());
        try (var owner = owner()) {
            assertThatThrownBy(() -> update(owner, id, "updated_at = now()")).hasMessageContaining("version");
            assertThatThrownBy(() -> update(owner, id, "version = version + 2")).hasMessageContaining("version");
        }
    }

    @Test
    void what_was_fixed_at_submission_stays() throws SQLException {
        var id = UUID.fromString(applicants.submitted(Households.qingdao()).id());
        try (var owner = owner()) {
            for (String change : new String[] {
                "receipt_number = '370200-2026-9999999-K'",
                "policy_digest = '" + "0".repeat(64) + "'",
                "submitted_at = now()",
                "resident_id = uuidv7()"
            }) {
                assertThatThrownBy(() -> update(owner, id, change + ", version = version + 1"))
                        .as(change)
                        .hasMessageContaining("does not change");
            }
        }
    }

    @Test
    void history_is_only_ever_added_to() throws SQLException {
        applicants.submitted(Households.qingdao());
        try (var owner = owner()) {
            for (String table : new String[] {"event", "submission"}) {
                assertThatThrownBy(() -> run(owner, "DELETE FROM application." + table))
                        .hasMessageContaining("only ever added");
                assertThatThrownBy(() -> run(owner, "TRUNCATE application." + table))
                        .hasMessageContaining("only ever added");
            }
            assertThatThrownBy(() -> run(owner, "DELETE FROM application.attachment"))
                    .hasMessageContaining("handed in stays");
        }
        for (String statement : new String[] {
            "DELETE FROM application.application",
            "UPDATE application.event SET kind = 'created'",
            "UPDATE application.submission SET number = 2",
            "DELETE FROM application.claim",
            "TRUNCATE application.reading"
        }) {
            assertThatThrownBy(() -> Anju.await(anju.db().run(statement)))
                    .as(statement)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void nothing_of_a_household_lies_open() throws SQLException {
        var household = Households.qingdao();
        var draft = applicants.submitted(household);
        var applicant = household.members().get(0);
        try (var owner = owner();
                var statement = owner.createStatement();
                var rows = statement.executeQuery("""
                        SELECT coalesce((SELECT string_agg(to_jsonb(a)::text, '') FROM application.application a), '')
                            || coalesce((SELECT string_agg(to_jsonb(s)::text, '') FROM application.submission s), '')
                            || coalesce((SELECT string_agg(to_jsonb(e)::text, '') FROM application.event e), '')
                            || coalesce((SELECT string_agg(to_jsonb(c)::text, '') FROM application.claim c), '')
                            || coalesce((SELECT string_agg(to_jsonb(t)::text, '') FROM application.attachment t), '')
                        """)) {
            rows.next();
            assertThat(rows.getString(1))
                    .contains(draft.id())
                    .doesNotContain(
                            applicant.nationalId(),
                            applicant.fullName(),
                            household.contactPhone(),
                            household.currentAddress().line());
        }
    }

    @Test
    void a_move_that_is_refused_leaves_nothing() {
        var id = UUID.fromString(applicants.submitted(Households.qingdao()).id());
        var service = anju.domains().application;
        var before = Anju.await(service.findCase(anju.db(), id)).orElseThrow();

        assertThatThrownBy(() -> Anju.await(anju.db().inTransaction(tx -> openAndClose(tx, id))))
                .hasMessageContaining("move-not-allowed");

        assertThat(Anju.await(service.findCase(anju.db(), id))).contains(before);
    }

    /** In review already, so it cannot go on a notice. */
    private static Future<CaseFile> openAndClose(Tx tx, UUID id) {
        var service = anju.domains().application;
        return service.lockCase(tx, id)
                .compose(file -> service.publicityOpened(
                        tx, file, Actor.SYSTEM, anju.clock().instant()));
    }

    private static Connection owner() throws SQLException {
        var address = anju.databaseAddress();
        return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
    }

    private static void update(Connection owner, UUID id, String change) throws SQLException {
        run(owner, "UPDATE application.application SET " + change + " WHERE id = '" + id + "'");
    }

    private static void run(Connection owner, String sql) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
