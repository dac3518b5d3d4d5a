package io.anju.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.anju.policy.yaml.Codes;
import io.anju.policy.yaml.InvalidPolicyException;
import io.anju.policy.yaml.PolicyFault;
import io.anju.policy.yaml.SchemaCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema says the same as the reader, as far as a schema can. */
class SchemaCheckTest {
    private static final String QINGDAO = "/policies/370200/public-rental-2012.yaml";

    @Test
    void the_samples_follow_it() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/policies"))) {
            var samples =
                    files.filter(file -> file.toString().endsWith(".yaml")).toList();
            assertThat(samples).hasSizeGreaterThan(5);
            for (var file : samples) {
                var schema = file.endsWith("city.yaml") ? SchemaCheck.CITY : SchemaCheck.DOCUMENT;
                assertThat(schema.faults(file.toString(), Files.readString(file)))
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: \"2012-528\" | versoin: \"2012-528\"",
                "le: 920, points: 10 | le: many, points: 10",
                "kind: linear-deficit | kind: guess",
                "days: 15 | days: 0",
                "is: true | is: perhaps",
                "fact: hukouCityCode | fact: shoeSize",
                "personCount: 1, points | shoeSize: 1, points",
                "by: score | by: age"
            })
    void finds_what_the_reader_finds(String good, String bad) throws IOException {
        var text = text(QINGDAO);
        assertThat(text).contains(good);
        var broken = text.replace(good, bad);
        assertThat(SchemaCheck.DOCUMENT.faults("f", broken)).isNotEmpty();
        assertThat(catchThrowable(() -> DocumentReader.read("f", broken, null)))
                .isInstanceOf(InvalidPolicyException.class);
    }

    @Test
    void names_the_line() throws IOException {
        var text = text(QINGDAO).replace("line: 13", "line: many");
        var line = (int) text.substring(0, text.indexOf("line: many")).lines().count();
        assertThat(SchemaCheck.DOCUMENT.faults("f", text))
                .extracting(PolicyFault::line)
                .contains(line);
    }

    @Test
    void knows_the_same_words_as_the_reader() throws IOException {
        var definitions = new ObjectMapper()
                .readTree(text("/policy-schema/policy-document.schema.json"))
                .path("$defs");
        assertThat(words(definitions.path("numberFact").path("enum")))
                .containsExactlyInAnyOrderElementsOf(facts(Fact.Kind.NUMBER, Fact.Kind.COUNT));
        assertThat(words(definitions.path("flagFact").path("enum")))
                .containsExactlyInAnyOrderElementsOf(facts(Fact.Kind.FLAG));
        assertThat(words(definitions.path("namedFact").path("enum")))
                .containsExactlyInAnyOrderElementsOf(facts(Fact.Kind.NAMED));
        assertThat(words(definitions.path("milestone").path("enum")))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Milestone.values()).map(Codes::kebab).toList());
        assertThat(words(definitions.path("group").path("enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(SpecialGroup.values())
                        .map(SpecialGroup::code)
                        .toList());
        assertThat(words(definitions.path("tenancyFact").path("enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(TenancyFact.values())
                        .map(TenancyFact::code)
                        .toList());
        assertThat(words(definitions.at("/verification/properties/fact/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(VerifiableFact.values())
                        .map(VerifiableFact::code)
                        .toList());
    }

    private static List<String> facts(Fact.Kind... kinds) {
        return Arrays.stream(Fact.values())
                .filter(fact -> List.of(kinds).contains(fact.kind()))
                .map(Fact::code)
                .toList();
    }

    private static List<String> words(JsonNode list) {
        var words = new ArrayList<String>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }

    private static String text(String resource) throws IOException {
        try (var in = SchemaCheckTest.class.getResourceAsStream(resource)) {
            assertThat(in).as(resource).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
