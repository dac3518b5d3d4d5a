package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Random;
import java.util.UUID;

/** Values that a schema of the contract allows, or nearly so: what the handlers behind the checks get to see. */
final class SchemaValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 8;

    private final World world;

    SchemaValues(World world) {
        this.world = world;
    }

    /** The example with some of its fields drawn anew, some left out that may be, and some added that may be. */
    JsonNode vary(JsonNode example, JsonNode schema, Random random) {
        return vary("", example, schema, random, 0);
    }

    /** A value for a parameter or field of this name, as a client would write it in a path or query. */
    String text(String name, JsonNode schema, JsonNode example, Random random) {
        return value(name, example, Contract.resolve(schema), random).asText();
    }

    private JsonNode vary(String name, JsonNode example, JsonNode reference, Random random, int depth) {
        var schema = Contract.resolve(reference);
        if (depth > DEEPEST) {
            return example;
        }
        if (example.isObject()) {
            return object(example, schema, random, depth);
        }
        if (example.isArray()) {
            return array(name, example, schema, random, depth);
        }
        return random.nextInt(3) == 0 ? value(name, example, schema, random) : known(name, example, random);
    }

    private JsonNode object(JsonNode example, JsonNode schema, Random random, int depth) {
        var varied = NODES.objectNode();
        var required = Contract.required(schema);
        schema.path("properties").properties().forEach(property -> {
            var name = property.getKey();
            var given = example.path(name);
            if (!given.isMissingNode()) {
                if (required.contains(name) || random.nextInt(6) > 0) {
                    varied.set(name, vary(name, given, property.getValue(), random, depth + 1));
                }
            } else if (random.nextInt(4) == 0) {
                var resolved = Contract.resolve(property.getValue());
                if (resolved.has("example")) {
                    varied.set(name, vary(name, resolved.path("example"), resolved, random, depth + 1));
                }
            }
        });
        return varied.isEmpty() ? example.deepCopy() : varied;
    }

    private ArrayNode array(String name, JsonNode example, JsonNode schema, Random random, int depth) {
        var varied = NODES.arrayNode();
        var singular = name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
        example.forEach(item -> {
            for (int copies = random.nextInt(8) == 0 ? random.nextInt(4) : 1; copies > 0; copies--) {
                varied.add(vary(singular, item, schema.path("items"), random, depth + 1));
            }
        });
        return varied;
    }

    private JsonNode value(String name, JsonNode example, JsonNode schema, Random random) {
        if (schema.has("enum")) {
            return schema.path("enum").path(random.nextInt(schema.path("enum").size()));
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> NODES.booleanNode(random.nextBoolean());
            case "integer" -> NODES.numberNode(whole(schema, random));
            case "string" -> string(name, example, schema, random);
            default -> example;
        };
    }

    private static long whole(JsonNode schema, Random random) {
        long minimum = schema.path("minimum").asLong(-1_000_000);
        long maximum = schema.path("maximum").asLong(1_000_000);
        return switch (random.nextInt(4)) {
            case 0 -> minimum;
            case 1 -> maximum;
            default -> minimum + (long) (random.nextDouble() * (maximum - minimum));
        };
    }

    private JsonNode string(String name, JsonNode example, JsonNode schema, Random random) {
        var text =
                switch (schema.path("format").asText()) {
                    case "uuid" -> new UUID(random.nextLong(), random.nextLong()).toString();
                    case "date" ->
                        "%04d-%02d-%02d"
                                .formatted(1900 + random.nextInt(200), 1 + random.nextInt(12), 1 + random.nextInt(28));
                    default -> schema.has("pattern") ? example.asText() : free(schema, random);
                };
        return known(name, NODES.textNode(text), random);
    }

    /** Text of any length that is allowed, in several scripts, without what the edge refuses. */
    private static String free(JsonNode schema, Random random) {
        int shortest = schema.path("minLength").asInt(0);
        int longest = Math.min(schema.path("maxLength").asInt(100), 3000);
        int length = random.nextBoolean() ? longest : shortest + random.nextInt(longest - shortest + 1);
        var text = new StringBuilder();
        int[] alphabet = {
            'a', 'Z', '0', ' ', '\'', '"', '<', '%', '\\', '安', 0x1F3E0, 0x202E, 0x0301, 0x20BB7, '\n', '{'
        };
        while (text.codePointCount(0, text.length()) < length) {
            text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return text.toString();
    }

    /** Something that exists, where the world has one by this name. */
    private JsonNode known(String name, JsonNode otherwise, Random random) {
        return world.parameters().contains(name) && random.nextInt(3) > 0 ? NODES.textNode(world.id(name)) : otherwise;
    }
}
