package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openapitools.openapidiff.core.OpenApiCompare;
import org.openapitools.openapidiff.core.model.ChangedOpenApi;
import org.openapitools.openapidiff.core.output.ConsoleRender;

/** Within {@code /v1} the contract only grows: clients in people's pockets are not updated when the server is. */
class CompatibilityTest {
    private static final Path RELEASED = Path.of("src/released/openapi.yaml");

    private static final String MAY_GROW = "x-anju-values-may-grow";

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void nothing_breaks_against_the_last_release() throws IOException {
        var difference = compare(released(), (ObjectNode) json.readTree(Contract.text()));

        assertThat(difference.isCompatible()).as(report(difference)).isTrue();
    }

    @Test
    void a_new_operation_and_a_new_optional_field_do_not_break() throws IOException {
        assertThat(breaksBy(contract -> {
                    var paths = (ObjectNode) contract.path("paths");
                    paths.set("/v1/later-things", paths.path("/v1/programmes").deepCopy());
                    properties(contract, "Programme").putObject("later").put("type", "string");
                }))
                .isFalse();
    }

    @Test
    void values_are_added_only_where_clients_were_told_to_expect_more() throws IOException {
        assertThat(breaksBy(contract -> values(contract, "RegistrationState").add("later")))
                .isFalse();
        assertThat(breaksBy(contract -> values(contract, "RegistrationState").remove(0)))
                .as("a value is gone")
                .isTrue();
        assertThat(breaksBy(contract -> values(contract, "ApplicationState").add("later")))
                .as("a closed list of values grew")
                .isTrue();
    }

    @Test
    void breaking_changes_are_found() throws IOException {
        assertThat(breaksBy(contract -> ((ObjectNode) contract.path("paths")).remove("/v1/programmes")))
                .as("an operation is gone")
                .isTrue();
        assertThat(breaksBy(contract -> properties(contract, "Programme").remove("name")))
                .as("a field of an answer is gone")
                .isTrue();
        assertThat(breaksBy(contract -> {
                    properties(contract, "EligibilityCheckRequest")
                            .putObject("later")
                            .put("type", "string");
                    ((ArrayNode) contract.at("/components/schemas/EligibilityCheckRequest/required")).add("later");
                }))
                .as("a request needs more than before")
                .isTrue();
        assertThat(breaksBy(contract -> ((ObjectNode) contract.at("/components/schemas/CityCode")).put("maxLength", 5)))
                .as("a bound is narrower")
                .isTrue();
    }

    private boolean breaksBy(Consumer<ObjectNode> change) throws IOException {
        var changed = (ObjectNode) json.readTree(Contract.text());
        change.accept(changed);
        return !compare(Contract.text(), changed).isCompatible();
    }

    /** An answer's values may grow where the schema says so: those are compared without what is new. */
    private ChangedOpenApi compare(String before, ObjectNode after) throws IOException {
        var old = json.readTree(before).at("/components/schemas");
        for (var schema : after.at("/components/schemas").properties()) {
            var known = old.path(schema.getKey()).path("enum");
            if (schema.getValue().path(MAY_GROW).asBoolean() && known.isArray()) {
                ((ObjectNode) schema.getValue())
                        .set("enum", stillThere(known, schema.getValue().path("enum")));
            }
        }
        return OpenApiCompare.fromContents(before, after.toString());
    }

    private ArrayNode stillThere(JsonNode known, JsonNode now) {
        var values = json.createArrayNode();
        known.forEach(value -> {
            if (StreamSupport.stream(now.spliterator(), false).anyMatch(value::equals)) {
                values.add(value);
            }
        });
        return values;
    }

    private static ArrayNode values(ObjectNode contract, String schema) {
        return (ArrayNode) contract.at("/components/schemas/" + schema + "/enum");
    }

    private static ObjectNode properties(ObjectNode contract, String schema) {
        return (ObjectNode) contract.at("/components/schemas/" + schema + "/properties");
    }

    private String released() throws IOException {
        var yaml = new ObjectMapper(new YAMLFactory());
        return json.writeValueAsString(yaml.readTree(Files.readString(RELEASED)));
    }

    private static String report(ChangedOpenApi difference) {
        return new ConsoleRender().render(difference);
    }
}
