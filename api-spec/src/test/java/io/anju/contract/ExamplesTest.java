package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Examples are what people copy: each one there is must be right, and none may be missing. */
class ExamplesTest {
    private final Contract contract = new Contract();

    @Test
    void every_json_body_has_an_example_that_its_schema_allows() {
        var faults = new ArrayList<String>();
        for (var operation : contract.operations()) {
            checkContent(operation.id() + " request", operation.pointer() + "/requestBody", faults);
            contract.responses(operation)
                    .keySet()
                    .forEach(status -> checkContent(
                            operation.id() + ' ' + status, operation.pointer() + "/responses/" + status, faults));
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void every_parameter_has_an_example_that_its_schema_allows() {
        var faults = new ArrayList<String>();
        for (var operation : contract.operations()) {
            var parameters = operation.node().path("parameters");
            for (int i = 0; i < parameters.size(); i++) {
                var pointer = settled(operation.pointer() + "/parameters/" + i);
                var parameter = contract.root().at(pointer);
                var where = operation.id() + ' ' + parameter.path("name").asText();
                if (!parameter.has("example")) {
                    faults.add(where + ": no example");
                } else {
                    check(where, pointer + "/schema", parameter.path("example"), faults);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void every_header_has_an_example_that_its_schema_allows() {
        var faults = new ArrayList<String>();
        contract.root().path("components").path("headers").properties().forEach(header -> {
            var pointer = "/components/headers/" + header.getKey() + "/schema";
            check(header.getKey(), pointer, header.getValue().path("example"), faults);
        });
        assertThat(faults).isEmpty();
    }

    @Test
    void every_example_of_a_schema_is_allowed_by_it() {
        var faults = new ArrayList<String>();
        for (var schema : contract.schemas()) {
            if (schema.node().has("example")) {
                check(schema.pointer(), schema.pointer(), schema.node().path("example"), faults);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void an_example_with_a_slip_is_found() {
        var problem = contract.root().at("/components/responses/BadRequest/content/application~1problem+json/example");
        var slipped = problem.deepCopy();
        ((com.fasterxml.jackson.databind.node.ObjectNode) slipped)
                .put("status", "400")
                .put("traceId", "xyz");

        assertThat(contract.faults("/components/schemas/Problem", problem)).isEmpty();
        assertThat(contract.faults("/components/schemas/Problem", slipped)).hasSize(2);
    }

    private void checkContent(String where, String pointerToBody, List<String> faults) {
        var pointer = settled(pointerToBody);
        contract.root().at(pointer).path("content").properties().forEach(content -> {
            if (!content.getKey().endsWith("json")) {
                return;
            }
            var place = pointer + "/content/" + Contract.escape(content.getKey());
            var examples = examples(content.getValue());
            if (examples.isEmpty()) {
                faults.add(where + ": no example");
            }
            examples.forEach(example -> check(where, place + "/schema", example, faults));
        });
    }

    private List<JsonNode> examples(JsonNode content) {
        var examples = new ArrayList<JsonNode>();
        if (content.has("example")) {
            examples.add(content.path("example"));
        }
        content.path("examples")
                .properties()
                .forEach(example ->
                        examples.add(contract.resolve(example.getValue()).path("value")));
        return examples;
    }

    private void check(String where, String pointerToSchema, JsonNode example, List<String> faults) {
        contract.faults(pointerToSchema, example).forEach(fault -> faults.add(where + fault));
    }

    /** The pointer to what a reference at the pointer means. */
    private String settled(String pointer) {
        var node = contract.root().at(pointer);
        return node.has("$ref") ? node.path("$ref").asText().substring(1) : pointer;
    }
}
