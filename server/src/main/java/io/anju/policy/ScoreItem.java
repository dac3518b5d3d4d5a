package io.anju.policy;

import java.math.BigDecimal;

/**
 * Points for one item of the score.
 *
 * @param points rounded for display; the total is rounded once from the exact sum
 * @param maximum the most this item can give
 * @param explanation how the points came about, with the household's own values
 */
public record ScoreItem(String id, Text name, BigDecimal points, BigDecimal maximum, Text explanation) {}
