package io.anju.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of how an amount came about.
 *
 * @param id the rule's id in the document
 * @param facts names and values of what the rule looked at
 * @param bound the bound that decided, e.g. {@code > 1693, ≤ 2540}; empty where none did
 * @param fen the amount after this step; null for a step that gives none
 * @param text how it came about, for the resident
 */
public record MoneyStep(
        String id,
        Map<String, String> facts,
        String bound,
        @Nullable Long fen,
        Text text) {}
