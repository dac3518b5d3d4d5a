package io.anju.contract;

import com.fasterxml.jackson.databind.JsonNode;

/** A limit on everything: what has no bound in the contract has none in the heap either. */
final class Bounds {
    private Bounds() {}

    static boolean areGiven(JsonNode schema, Contract contract) {
        return switch (schema.path("type").asText()) {
            case "string" -> schema.has("maxLength") || schema.has("enum") || hasFixedForm(schema);
            case "integer" -> schema.has("minimum") && schema.has("maximum") && schema.has("format");
            case "array" -> schema.has("maxItems") && areGiven(contract.resolve(schema.path("items")), contract);
            // money and scores would lose digits: whole numbers or decimal strings
            case "number" -> false;
            default -> true;
        };
    }

    private static boolean hasFixedForm(JsonNode schema) {
        return switch (schema.path("format").asText()) {
            case "date", "date-time", "uuid", "binary" -> true;
            default -> false;
        };
    }
}
