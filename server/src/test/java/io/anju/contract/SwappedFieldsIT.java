package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.anju.testing.Anju;
import io.anju.testing.Applicants;
import io.anju.testing.Applicants.Draft;
import io.anju.testing.Households;
import io.anju.testing.LogCapture;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whoever can write to the database but has no key copies sealed fields about, to be shown another's: nothing opens, and
 * the operator's log says which field it was.
 */
class SwappedFieldsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    @SuppressWarnings("NullAway.Init")
    private static Draft victim;

    @SuppressWarnings("NullAway.Init")
    private static Draft thief;

    @BeforeAll
    static void apply() {
        var applicants = new Applicants(anju);
        victim = applicants.draft(Households.qingdao());
        thief = applicants.draft(Households.qingdao());
    }

    @Test
    void another_rows_household_does_not_open() {
        run("""
                UPDATE application.draft
                   SET household = (SELECT household FROM application.draft WHERE application_id = '%s')
                 WHERE application_id = '%s'
                """.formatted(victim.id(), thief.id()));
        isRefusedAndLogged("/v1/applications/" + thief.id(), "application.draft.household");
    }

    @Test
    void another_persons_name_and_another_column_do_not_open() {
        run("""
                UPDATE identity.resident t
                   SET sealed_name = v.sealed_national_id
                  FROM identity.resident v, application.application a, application.application b
                 WHERE a.id = '%s' AND b.id = '%s' AND v.id = a.resident_id AND t.id = b.resident_id
                """.formatted(victim.id(), thief.id()));
        isRefusedAndLogged("/v1/me", "identity.resident.sealed_name");
        run("UPDATE identity.resident SET sealed_name = sealed_national_id WHERE sealed_name IS NOT NULL");
        isRefusedAndLogged("/v1/me", "identity.resident.sealed_name");
    }

    private static void isRefusedAndLogged(String path, String field) {
        try (var log = LogCapture.from(Level.INFO)) {
            var answer = anju.http()
                    .request("GET", path)
                    .token(thief.token())
                    .unchecked()
                    .send()
                    .expect(500, "internal-error");
            var person = victim.household().members().get(0);
            assertThat(answer.toString()).doesNotContain(person.fullName(), person.nationalId(), "altered");
            assertThat(log.text())
                    .contains("the sealed field " + field)
                    .contains("was altered or moved")
                    .contains(answer.json().path("traceId").asText())
                    .doesNotContain(person.fullName(), person.nationalId());
        }
    }

    private static void run(String sql) {
        var address = anju.databaseAddress();
        try (var connection = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
