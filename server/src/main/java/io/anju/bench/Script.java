package io.anju.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.anju.platform.json.PlainJson;
import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements that one request ran, with their values and what came back, so that a bare handler can run the very
 * same ones. A line of JSON each, because the bare handler lives in another process.
 */
record Script(boolean transaction, List<Step> steps, String answer) {
    private static final ObjectMapper JSON = PlainJson.mapper();

    /** One statement; several rows of values where it ran as a batch; {@code returned} in row order, column order. */
    record Step(String sql, boolean batch, List<List<@Nullable Object>> values, List<@Nullable Object> returned) {}

    String toLine() {
        var line = JSON.createObjectNode().put("transaction", transaction).put("answer", answer);
        var list = line.putArray("steps");
        for (Step step : steps) {
            var node = list.addObject().put("sql", step.sql()).put("batch", step.batch());
            var rows = node.putArray("values");
            step.values().forEach(row -> write(rows.addArray(), row));
            write(node.putArray("returned"), step.returned());
        }
        return line.toString();
    }

    static Script fromLine(String line) {
        try {
            var node = JSON.readTree(line);
            var steps = new ArrayList<Step>();
            for (JsonNode step : node.path("steps")) {
                var values = new ArrayList<List<@Nullable Object>>();
                step.path("values").forEach(row -> values.add(read(row)));
                steps.add(new Step(
                        step.path("sql").asText(),
                        step.path("batch").asBoolean(),
                        values,
                        read(step.path("returned"))));
            }
            return new Script(
                    node.path("transaction").asBoolean(),
                    List.copyOf(steps),
                    node.path("answer").asText());
        } catch (com.fasterxml.jackson.core.JsonProcessingException damaged) {
            throw new IllegalArgumentException("not a line of a script: " + line, damaged);
        }
    }

    private static void write(ArrayNode array, List<@Nullable Object> values) {
        values.forEach(value -> write(array.addObject(), value));
    }

    private static void write(ObjectNode node, @Nullable Object value) {
        if (value == null) {
            node.put("t", "null");
        } else if (value instanceof Buffer buffer) {
            node.put("t", "bytes").put("v", Base64.getEncoder().encodeToString(buffer.getBytes()));
        } else if (value instanceof Object[] array) {
            node.put("t", array.getClass().getComponentType().getSimpleName() + "[]");
            write(node.putArray("v"), java.util.Arrays.asList(array));
        } else {
            node.put("t", value.getClass().getSimpleName()).put("v", value.toString());
        }
    }

    private static List<@Nullable Object> read(JsonNode array) {
        var values = new ArrayList<@Nullable Object>();
        array.forEach(node -> values.add(readValue(node)));
        return values;
    }

    private static @Nullable Object readValue(JsonNode node) {
        var text = node.path("v").asText();
        return switch (node.path("t").asText()) {
            case "null" -> null;
            case "bytes" -> Buffer.buffer(Base64.getDecoder().decode(text));
            case "UUID" -> UUID.fromString(text);
            case "String" -> text;
            case "Short" -> Short.valueOf(text);
            case "Integer" -> Integer.valueOf(text);
            case "Long" -> Long.valueOf(text);
            case "Double" -> Double.valueOf(text);
            case "Boolean" -> Boolean.valueOf(text);
            case "BigDecimal" -> new BigDecimal(text);
            case "LocalDate" -> LocalDate.parse(text);
            case "OffsetDateTime" -> OffsetDateTime.parse(text);
            case "UUID[]" -> read(node.path("v")).toArray(UUID[]::new);
            case "String[]" -> read(node.path("v")).toArray(String[]::new);
            case "Integer[]" -> read(node.path("v")).toArray(Integer[]::new);
            case "Long[]" -> read(node.path("v")).toArray(Long[]::new);
            case "Buffer[]" -> read(node.path("v")).toArray(Buffer[]::new);
            default ->
                throw new IllegalArgumentException("a script cannot carry a value of type "
                        + node.path("t").asText());
        };
    }
}
