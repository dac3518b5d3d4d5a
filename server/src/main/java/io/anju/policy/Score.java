package io.anju.policy;

import java.math.BigDecimal;
import java.util.List;

/** A household's score (综合评分), item by item. The total has the scale that the document's rounding states. */
public record Score(BigDecimal total, List<ScoreItem> items) {
    public Score {
        items = List.copyOf(items);
    }
}
