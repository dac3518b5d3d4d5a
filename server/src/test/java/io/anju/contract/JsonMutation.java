package io.anju.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** What can be done to a JSON body so that it is no longer what the contract asks for. */
final class JsonMutation {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    /** Around a piece that is written as it is, without quotes. */
    private static final String RAW = "@raw@";

    /** Some are numbers of JSON, some of other languages only. */
    private static final List<String> NUMBERS = List.of(
            "1e400",
            "-1e400",
            "1e999999999",
            "1E-999999999",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "-0",
            "0.1",
            "1.0",
            "1e3",
            "01",
            "+1",
            "1.",
            ".5",
            "0x10",
            "NaN",
            "Infinity",
            "9".repeat(39),
            "9".repeat(400),
            "0." + "1".repeat(400));

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "a\u0000b",
            "\ud800",
            "\udc00\ud800",
            "\u202e",
            "\ufeff",
            "\uffff",
            "\n\r\t",
            "\u007f",
            "字".repeat(5_000),
            "x".repeat(70_000),
            "e\u0301".repeat(2_000),
            "𠮷".repeat(300),
            "'; DROP TABLE t; --",
            "${jndi:ldap://127.0.0.1/a}",
            "{{7*7}}",
            "%s%n%d",
            "<script>alert(1)</script>",
            "../../etc/passwd",
            "null",
            "2026-02-30",
            "0000-00-00",
            "9999-12-31",
            "+292278994-08-17",
            "2026-03-04T25:00:00Z",
            "1.00e5",
            "١٢٣",
            "00000000-0000-0000-0000-000000000000",
            "True",
            "\\u0041",
            "370200\n");

    /** The place of a value: what it is in, and how to put another there. */
    private record Place(JsonNode value, Consumer<JsonNode> set) {}

    private JsonMutation() {}

    /** The tree as text, with one to three values spoilt. */
    static byte[] spoil(JsonNode body, Random random) {
        var changed = NODES.arrayNode().add(body.deepCopy());
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            var places = new ArrayList<Place>();
            collect(changed, places);
            var place = places.get(random.nextInt(places.size()));
            place.set().accept(worse(place.value(), random));
        }
        return write(changed.path(0)).getBytes(StandardCharsets.UTF_8);
    }

    /** The text with its form broken. */
    static byte[] breakForm(JsonNode body, Random random) {
        var text = write(body);
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(10)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> flipped(bytes, random);
            case 2 -> (text + text).getBytes(StandardCharsets.UTF_8);
            case 3 -> text.getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_16LE);
            case 4 -> ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
            case 5 -> "[".repeat(1 + random.nextInt(20_000)).getBytes(StandardCharsets.UTF_8);
            case 6 -> text.replace("\":", "\":{\"a\":").getBytes(StandardCharsets.UTF_8);
            case 7 -> twice(text).getBytes(StandardCharsets.UTF_8);
            case 8 -> new byte[] {(byte) 0xc0, (byte) 0xaf, (byte) 0xff, 0};
            default -> (text.substring(0, text.length() - 1) + ",}").getBytes(StandardCharsets.UTF_8);
        };
    }

    static String write(JsonNode body) {
        try {
            return MAPPER.writeValueAsString(body).replace('"' + RAW, "").replace(RAW + '"', "");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(Random random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static JsonNode worse(JsonNode value, Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.textNode(RAW + NUMBERS.get(random.nextInt(NUMBERS.size())) + RAW);
            case 2, 3 -> NODES.textNode(text(random));
            case 4 -> NODES.booleanNode(random.nextBoolean());
            case 5 -> nested(value, 1 + random.nextInt(40));
            case 6 -> many(value, 1 + random.nextInt(300));
            case 7 -> stretched(value, random);
            default -> random.nextBoolean() ? NODES.objectNode() : NODES.arrayNode();
        };
    }

    /** The object with a field too many or one too few; anything else in an object. */
    private static JsonNode stretched(JsonNode value, Random random) {
        if (!(value instanceof ObjectNode object)) {
            return NODES.objectNode().set("value", value);
        }
        var other = object.deepCopy();
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        if (random.nextBoolean() && !names.isEmpty()) {
            other.remove(names.get(random.nextInt(names.size())));
        } else {
            other.put(random.nextBoolean() ? "extra" : "x".repeat(300), "y");
        }
        return other;
    }

    private static JsonNode nested(JsonNode value, int depth) {
        var inner = value;
        for (int i = 0; i < depth; i++) {
            inner = i % 2 == 0
                    ? NODES.arrayNode().add(inner)
                    : NODES.objectNode().set("a", inner);
        }
        return inner;
    }

    private static ArrayNode many(JsonNode value, int count) {
        var array = NODES.arrayNode();
        var item = value.isArray() && !value.isEmpty() ? value.path(0) : value;
        for (int i = 0; i < count; i++) {
            array.add(item);
        }
        return array;
    }

    private static String twice(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? text + text : "{" + text.substring(1, colon + 1) + "1," + text.substring(1);
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        var other = bytes.clone();
        other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
        return other;
    }

    private static void collect(JsonNode container, List<Place> places) {
        if (container instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                places.add(new Place(field.getValue(), other -> object.replace(field.getKey(), other)));
                collect(field.getValue(), places);
            });
        } else if (container instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int at = i;
                places.add(new Place(array.get(i), other -> array.set(at, other)));
                collect(array.get(i), places);
            }
        }
    }
}
