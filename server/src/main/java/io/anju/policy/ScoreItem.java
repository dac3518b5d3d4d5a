package io.anju.policy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Points for one item of the score.
 *
 * @param points rounded for display, below 0 where the item takes points off; the total is rounded once from the exact
 *     sum
 * @param maximum the most this item can give
 * @param explanation how the points came about, with the household's own values
 * @param facts names and values of the facts that the rule looked at
 * @param bound what decided: a line, the bounds of a band or row, a number of periods, the names of flags
 */
public record ScoreItem(
        String id,
        Text name,
        BigDecimal points,
        BigDecimal maximum,
        Text explanation,
        Map<String, String> facts,
        Text bound) {

    public ScoreItem {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** An item that rests on no fact of its own. */
    public ScoreItem(String id, Text name, BigDecimal points, BigDecimal maximum, Text explanation) {
        this(id, name, points, maximum, explanation, Map.of(), new Text("", ""));
    }
}
