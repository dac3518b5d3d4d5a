package io.anju.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a rule answered as it did.
 *
 * @param rule the section and, where it has several, the rule's id, e.g. {@code exit/deceit}
 * @param facts names and values of what the rule looked at
 * @param bound what decided
 * @param text the same for people
 */
public record Trace(String rule, Map<String, String> facts, String bound, Text text) {
    public Trace {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
