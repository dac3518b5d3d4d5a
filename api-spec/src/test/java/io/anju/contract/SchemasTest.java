package io.anju.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every schema of the contract has. */
class SchemasTest {
    private static final Pattern CAMEL = Pattern.compile("[a-z][A-Za-z0-9]*");
    private static final Pattern PASCAL = Pattern.compile("[A-Z][A-Za-z0-9]*");
    private static final Pattern WIRE = Pattern.compile("[a-z0-9]+([-_][a-z0-9]+)*|Bearer");

    private final Contract contract = new Contract();

    @Test
    void describes_every_property_with_an_example() {
        eachProperty((name, property) -> faults(
                property.path("description").asText().isBlank(),
                "no description",
                !property.has("example") && isLeaf(property),
                "no example"));
    }

    @Test
    void names_properties_in_camel_case_and_schemas_in_pascal_case() {
        eachProperty((name, property) -> faults(!CAMEL.matcher(name).matches(), "not camelCase"));
        assertThat(contract.root().at("/components/schemas").properties())
                .allSatisfy(schema -> assertThat(schema.getKey()).matches(PASCAL));
    }

    @Test
    void bounds_every_string_number_and_array() {
        each(schema -> faults(!Bounds.areGiven(schema.node(), contract), "no bounds"));
    }

    @Test
    void writes_enums_in_one_spelling() {
        each(schema -> Contract.elements(schema.node().path("enum"))
                .map(JsonNode::asText)
                .filter(value -> !WIRE.matcher(value).matches())
                .map(value -> "odd enum value " + value)
                .toList());
    }

    @Test
    void gives_every_enum_a_name_of_its_own() {
        var named = Pattern.compile("/components/schemas/[^/]+");
        each(schema -> faults(
                schema.node().has("enum") && !named.matcher(schema.pointer()).matches(), "enum without a name"));
    }

    @Test
    void says_the_unit_of_money_and_area_in_the_name() {
        eachProperty((name, property) -> faults(
                name.matches(".*Fen(PerSqm)?")
                                && !property.path("format").asText().equals("int64"),
                        "fen that are not int64",
                name.matches("(?i).*(amount|price|income|rent|deposit)") && isInteger(property), "money without unit",
                name.matches(".*(?<!FenPer)Sqm")
                                && !property.path("type").asText().equals("string"),
                        "area that is no decimal string"));
    }

    @Test
    void anchors_every_pattern() {
        each(schema -> {
            var pattern = schema.node().path("pattern").asText("^$");
            return faults(!pattern.startsWith("^") || !pattern.endsWith("$"), "pattern is not anchored: " + pattern);
        });
    }

    @Test
    void refuses_unknown_fields_in_every_request() {
        var faults = new ArrayList<String>();
        for (var pointer : requestSchemas()) {
            var schema = contract.root().at(pointer);
            var additional = schema.path("additionalProperties");
            if (schema.path("type").asText().equals("object") && !additional.isObject() && additional.asBoolean(true)) {
                faults.add(pointer + ": takes unknown fields");
            }
            if (schema.has("oneOf") || schema.has("anyOf")) {
                faults.add(pointer + ": alternatives");
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void is_used() {
        var text = Contract.text();
        assertThat(contract.root().at("/components/schemas").properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(name -> !text.contains("\"#/components/schemas/" + name + '"')))
                .isEmpty();
    }

    @Test
    void finds_what_has_no_bounds() {
        var mapper = new com.fasterxml.jackson.databind.ObjectMapper();
        assertThat(Bounds.areGiven(mapper.createObjectNode().put("type", "string"), contract))
                .isFalse();
        assertThat(Bounds.areGiven(mapper.createObjectNode().put("type", "number"), contract))
                .isFalse();
        assertThat(Bounds.areGiven(
                        mapper.createObjectNode().put("type", "string").put("maxLength", 5), contract))
                .isTrue();
    }

    private interface PropertyCheck {
        List<String> faults(String name, JsonNode property);
    }

    private void eachProperty(PropertyCheck check) {
        var faults = new ArrayList<String>();
        for (var schema : contract.schemas()) {
            schema.node()
                    .path("properties")
                    .properties()
                    .forEach(property -> check.faults(property.getKey(), settled(property.getValue()))
                            .forEach(fault -> faults.add(schema.pointer() + '/' + property.getKey() + ": " + fault)));
        }
        assertThat(faults).isEmpty();
    }

    private void each(Function<Contract.Schema, List<String>> check) {
        assertThat(contract.schemas().stream()
                        .flatMap(schema -> check.apply(schema).stream().map(fault -> schema.pointer() + ": " + fault)))
                .isEmpty();
    }

    /** A property as it is meant: what it refers to, with the description given beside an {@code allOf} of one. */
    private JsonNode settled(JsonNode property) {
        if (property.path("allOf").size() == 1) {
            var settled = contract.resolve(property.path("allOf").get(0))
                    .<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
            property.properties().forEach(entry -> settled.set(entry.getKey(), entry.getValue()));
            settled.remove("allOf");
            return settled;
        }
        return contract.resolve(property);
    }

    private boolean isLeaf(JsonNode property) {
        var type = property.path("type").asText();
        return !type.equals("object")
                && !(type.equals("array") && property.path("items").has("$ref"));
    }

    private static boolean isInteger(JsonNode property) {
        return property.path("type").asText().equals("integer");
    }

    private Set<String> requestSchemas() {
        var found = new HashSet<String>();
        contract.operations()
                .forEach(operation -> reach(operation.node().at("/requestBody/content/application~1json"), found));
        return found;
    }

    private void reach(JsonNode node, Set<String> found) {
        if (node.has("$ref")) {
            var pointer = node.path("$ref").asText().substring(1);
            if (found.add(pointer)) {
                reach(contract.root().at(pointer), found);
            }
            return;
        }
        node.forEach(child -> reach(child, found));
    }

    private static List<String> faults(Object... pairs) {
        var faults = new ArrayList<String>();
        for (int i = 0; i < pairs.length; i += 2) {
            if ((Boolean) pairs[i]) {
                faults.add((String) pairs[i + 1]);
            }
        }
        return faults;
    }
}
