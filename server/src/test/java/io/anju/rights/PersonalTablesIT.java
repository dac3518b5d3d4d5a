package io.anju.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.anju.testing.Anju;
import io.anju.testing.PersonalTables;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every table that may hold somebody's data has a part that answers for it, or a reason why none has to. */
class PersonalTablesIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    /** Tables without a part, and why the resident misses nothing. */
    private static final Map<String, String> WITHOUT_A_PART = Map.ofEntries(
            Map.entry("identity.one_time_code", "lives for ten minutes, and names a phone and no account"),
            Map.entry("identity.known_address", "keyed fingerprints of a number and an address, which nobody can read"),
            Map.entry("identity.budget", "keyed fingerprints of what was counted"),
            Map.entry("identity.failed_log_in", "keyed fingerprints of an account and an address"),
            Map.entry("identity.signing_key", "keys of the server"),
            Map.entry("identity.partner", "a program of an agency"),
            Map.entry("identity.partner_assertion", "a program of an agency"),
            Map.entry("identity.staff", "a member of staff"),
            Map.entry("complaint.allowance", "counts of whoever gave no name"),
            Map.entry("complaint.box", "of nobody who gave a name"),
            Map.entry("complaint.service_filing", "which program filed a form; of nobody who has an account"),
            Map.entry("complaint.handed_over", "digests of requests of nobody who gave a name"),
            Map.entry("identity.staff_totp", "a member of staff"),
            Map.entry("ledger.posting", "money between accounts; a digest of its content, and no person"),
            Map.entry("platform.keyset", "keys of the server"),
            Map.entry("platform.idempotency", "answers that the resident has had already"),
            Map.entry("platform.kept_failures", "faults of ours, of nobody who gave a name"),
            Map.entry("platform.outbox", "numbers of things whose content is in the copy"),
            Map.entry("rights.correction_view", "who opened a request: told with every other opening"),
            Map.entry("platform.audit_batch", "hashes of records"),
            Map.entry("platform.audit_leaf", "hashes of records"),
            Map.entry("publication.place", "ranks by number: the row itself is in the copy"),
            Map.entry("waitinglist.standing_part", "ranks by number: the place itself is in the copy"),
            Map.entry("publication.publication", "hashes and signatures over whole lists"),
            Map.entry("review.recusal", "declared by members of staff about people close to them, for nobody else"),
            Map.entry("simulation.simulation_case", "a trial's masked line, erased when the trial expires"),
            Map.entry("waitinglist.rescoring_case", "a trial's masked line, erased when the run ends"),
            Map.entry(
                    "waitinglist.roll_page", "follows from the facts, which are given out, and is made anew from them"),
            Map.entry("waitinglist.import_piece", "a file on its way in, erased when it is entered"),
            Map.entry("waitinglist.import_row", "a row on its way in, erased when it is entered"),
            Map.entry("waitinglist.imported_household", "of no account: the office answers, on paper"));

    @Test
    void every_table_with_a_personal_column_has_a_part_or_a_reason() throws SQLException {
        var answered = anju.domains().residentFiles.tables();
        assertThat(PersonalTables.of(anju))
                .hasSizeGreaterThan(20)
                .allSatisfy(table -> assertThat(answered.contains(table) || WITHOUT_A_PART.containsKey(table))
                        .as("add a part of ResidentFiles that answers for " + table)
                        .isTrue());
    }

    @Test
    void parts_and_reasons_name_tables_that_there_are() throws SQLException {
        var all = PersonalTables.all(anju);
        assertThat(all).containsAll(anju.domains().residentFiles.tables()).containsAll(WITHOUT_A_PART.keySet());
    }

    @Test
    void finds_a_table_that_nobody_answers_for() throws SQLException {
        try (var connection = PersonalTables.connect(anju);
                var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA forgotten");
            statement.execute("CREATE TABLE forgotten.thing (resident_id uuid, sealed_note bytea)");
            assertThat(PersonalTables.of(anju)).contains("forgotten.thing");
            assertThat(anju.domains().residentFiles.tables()).doesNotContain("forgotten.thing");
            statement.execute("DROP SCHEMA forgotten CASCADE");
        }
    }
}
