package io.anju.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.anju.RetentionKinds;
import io.anju.platform.jobs.Retained;
import io.anju.testing.Anju;
import io.anju.testing.PersonalTables;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing about a person is kept without a rule that says how long and why. */
class TablePeriodsIT {
    @RegisterExtension
    static final Anju anju = Anju.server();

    private static final JsonNode RULES = rules();

    @Test
    void every_table_that_may_name_a_person_has_a_period_or_a_reason() throws SQLException {
        var ruled = ruled();
        var wanted = PersonalTables.of(anju);
        // what residents' copies are made from, and the events that others follow
        wanted.addAll(anju.domains().residentFiles.tables());
        wanted.add("platform.outbox");
        wanted.removeAll(ruled.keySet());
        assertThat(wanted).as("name these in retention/tables.yaml").isEmpty();
        assertThat(PersonalTables.all(anju)).containsAll(ruled.keySet());
    }

    @Test
    void every_period_has_its_law_and_is_used() {
        var periods = Periods.load(null);
        var used = new TreeSet<String>();
        RULES.path("periods").fieldNames().forEachRemaining(used::add);
        assertThat(used).allSatisfy(kind -> {
            assertThat(periods.of(kind).law()).isNotBlank();
            assertThat(periods.of(kind).confidence()).isIn("A", "B", "assumed");
        });
        // whatever is erased by rule, or kept of an account that ended, is the period of some table
        var named = RetentionKinds.all().stream().map(Retained::kind).collect(Collectors.toCollection(TreeSet::new));
        named.addAll(anju.domains().residentFiles.kept().values());
        named.remove("answers-with-tokens"); // the same table as the other answers, sooner
        assertThat(used).containsAll(named);
    }

    @Test
    void what_is_erased_in_the_background_has_somebody_who_erases_it() {
        var erasers = RetentionKinds.all().stream().map(Retained::kind).collect(Collectors.toSet());
        var periods = Periods.load(null);
        RULES.path("periods")
                .fieldNames()
                .forEachRemaining(kind -> assertThat(erasers.contains(kind))
                        .as(kind)
                        .isEqualTo(periods.of(kind).erase()));
    }

    private static Map<String, String> ruled() {
        var ruled = new TreeMap<String, String>();
        RULES.path("periods")
                .properties()
                .forEach(period -> period.getValue()
                        .forEach(table -> assertThat(ruled.put(table.asText(), period.getKey()))
                                .as(table.asText() + " is named twice")
                                .isNull()));
        RULES.path("without").properties().forEach(table -> {
            assertThat(table.getValue().asText()).isNotBlank();
            assertThat(ruled.put(table.getKey(), "")).isNull();
        });
        return ruled;
    }

    private static JsonNode rules() {
        try (var in = Periods.class.getResourceAsStream("/retention/tables.yaml")) {
            return new ObjectMapper(new YAMLFactory()).readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
