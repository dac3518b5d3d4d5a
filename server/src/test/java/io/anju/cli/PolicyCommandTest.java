package io.anju.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class PolicyCommandTest {
    private static final String QINGDAO = "370200/public-rental-2012.yaml";

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void copySamples() throws IOException {
        for (var file : new String[] {"370200/city.yaml", QINGDAO}) {
            var target = folder.resolve(file);
            Files.createDirectories(target.getParent());
            try (var in = PolicyCommandTest.class.getResourceAsStream("/policies/" + file)) {
                assertThat(in).isNotNull();
                Files.copy(in, target);
            }
        }
    }

    @Test
    void finds_the_samples_in_order() {
        assertThat(run("check", folder.toString(), file(QINGDAO), file("370200/city.yaml")))
                .as(out.toString())
                .isZero();
        assertThat(out.toString().lines()).hasSize(3).allMatch(line -> line.endsWith(": in order"));
    }

    @Test
    void names_file_line_and_reason() throws IOException {
        var text =
                Files.readString(folder.resolve(QINGDAO)).replace("fact: perCapitaAreaSqm, le", "fact: shoeSize, le");
        Files.writeString(folder.resolve(QINGDAO), text);
        var line = 1
                + text.substring(0, text.indexOf("fact: shoeSize, le")).lines().count()
                - 1;
        assertThat(run("check", file(QINGDAO))).isEqualTo(1);
        assertThat(out.toString()).contains(QINGDAO + ":" + line + ": unknown fact 'shoeSize'");
    }

    /** The vectors that were computed by hand from 青土资房发〔2012〕528号. */
    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({
        "family.yaml, 2026-11-22, 71.0000, true",
        "single.yaml, 2027-12-31, 84.3438, true",
        "mother-and-son.yaml, 2026-11-22, 49.5000, true"
    })
    void evaluates_the_known_households(String facts, String asOf, String total, boolean eligible) throws IOException {
        var factsFile = folder.resolve(facts);
        try (var in = PolicyCommandTest.class.getResourceAsStream("/policy-facts/" + facts)) {
            assertThat(in).isNotNull();
            Files.copy(in, factsFile);
        }
        assertThat(run("evaluate", file(QINGDAO), "--facts", factsFile.toString(), "--as-of", asOf))
                .as(err.toString())
                .isZero();
        var answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("score").path("total").asText()).isEqualTo(total);
        assertThat(answer.path("eligible").asBoolean()).isEqualTo(eligible);
        assertThat(answer.path("rules").path(0).path("text").path("zh").asText())
                .isNotEmpty();
    }

    @Test
    void tells_the_place_the_home_and_the_days_of_a_case() throws IOException {
        var facts = folder.resolve("family.yaml");
        try (var in = PolicyCommandTest.class.getResourceAsStream("/policy-facts/family.yaml")) {
            assertThat(in).isNotNull();
            Files.copy(in, facts);
        }
        var today = folder.resolve("public-rental-2026.yaml");
        try (var in = PolicyCommandTest.class.getResourceAsStream("/policies/370200/public-rental-2026.yaml")) {
            assertThat(in).isNotNull();
            Files.copy(in, today, StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(run("evaluate", today.toString(), "--facts", facts.toString(), "--as-of", "2026-11-22"))
                .as(err.toString())
                .isZero();
        var answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("order").path(0).path("by").asText()).isNotEmpty();
        assertThat(answer.path("homeSize").path("size").path("rooms").asInt()).isPositive();
        var street = answer.path("deadlines").path(0);
        assertThat(street.path("trace").path("rule").asText()).isEqualTo("pipeline/street-review");
        // a Sunday: 15 working days begin with the Monday after
        assertThat(street.path("on").asText()).isEqualTo("2026-12-11");
        assertThat(answer.path("complaints").findValuesAsText("dueOn"))
                .hasSize(3)
                .doesNotContain("");
    }

    @Test
    void refuses_facts_that_make_no_sense() throws IOException {
        var facts = folder.resolve("facts.yaml");
        Files.writeString(facts, """
                members:
                  - {relation: uncle, birthDate: 1986-03-01}
                ownedAreaSqm: much
                monthlyIncomeFen: 0
                assetsFen: 0
                """);
        assertThat(run("evaluate", file(QINGDAO), "--facts", facts.toString(), "--as-of", "2026-11-22"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("facts.yaml:2: 'uncle' is none of applicant");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void names_what_a_new_version_changes() throws IOException {
        var text = Files.readString(folder.resolve(QINGDAO))
                .replace("le: 920, points: 10", "le: 1000, points: 10")
                .replace("gt: 920, points: 7", "gt: 1000, points: 7")
                .replace("version: \"2012-528\"", "version: \"2027-1\"   # a remark is no difference")
                .replace("      - {agency: tax, fact: monthlyIncomeFen}\n", "");
        var changed = Files.writeString(folder.resolve("370200/public-rental-2027.yaml"), text);
        assertThat(run("diff", file(QINGDAO), changed.toString())).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "- pipeline/district-review/verification/6: {\"agency\":\"tax\",\"fact\":\"monthlyIncomeFen\"}",
                        "~ scoring/items/income/bands/1/le: 920 → 1000",
                        "~ scoring/items/income/bands/2/gt: 920 → 1000",
                        "~ version: 2012-528 → 2027-1");
    }

    @Test
    void two_copies_do_not_differ() {
        assertThat(run("diff", file(QINGDAO), file(QINGDAO))).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void asks_for_what_is_missing() {
        assertThat(run("evaluate", file(QINGDAO))).isEqualTo(2);
        assertThat(run("check")).isEqualTo(2);
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("evaluate").contains("check");
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private int run(String... args) {
        return new CommandLine(new PolicyCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
