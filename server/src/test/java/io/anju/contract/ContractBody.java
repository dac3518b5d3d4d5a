package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Walks through the example of a body side by side with its schema. */
final class ContractBody {
    private ContractBody() {}

    /** The example with these identifiers, by name, wherever it has a UUID. */
    static JsonNode withIdentifiers(JsonNode example, JsonNode schema, UnaryOperator<String> identifiers) {
        return withIdentifiers("", example, schema, identifiers);
    }

    private static JsonNode withIdentifiers(
            String name, JsonNode example, JsonNode reference, UnaryOperator<String> identifiers) {
        var schema = Contract.resolve(reference);
        if (schema.path("format").asText().equals("uuid")) {
            return new TextNode(identifiers.apply(name));
        }
        if (example.isObject()) {
            var object = (ObjectNode) example.deepCopy();
            example.properties()
                    .forEach(field -> object.set(
                            field.getKey(),
                            withIdentifiers(
                                    field.getKey(),
                                    field.getValue(),
                                    schema.path("properties").path(field.getKey()),
                                    identifiers)));
            return object;
        }
        if (example.isArray()) {
            // a list is named in the plural
            var singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
            var array = new ArrayNode(JsonNodeFactory.instance);
            example.forEach(item -> array.add(withIdentifiers(singular, item, schema.path("items"), identifiers)));
            return array;
        }
        return example;
    }

    /** An object in a body, and what the contract says of it. */
    record ObjectAt(String pointer, JsonNode schema) {}

    /** The objects in an example whose fields the contract lists. */
    static List<ObjectAt> objects(JsonNode example, JsonNode schema) {
        var found = new ArrayList<ObjectAt>();
        collect("", example, schema, found);
        return found;
    }

    private static void collect(String pointer, JsonNode example, JsonNode reference, List<ObjectAt> found) {
        var schema = Contract.resolve(reference);
        if (example.isObject() && schema.has("properties")) {
            found.add(new ObjectAt(pointer, schema));
            example.properties()
                    .forEach(field -> collect(
                            pointer + "/" + field.getKey(),
                            field.getValue(),
                            schema.path("properties").path(field.getKey()),
                            found));
        } else if (example.isArray() && !example.isEmpty()) {
            collect(pointer + "/0", example.path(0), schema.path("items"), found);
        }
    }
}
