package io.anju.policy;

import io.anju.policy.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the section {@code order}. */
final class OrderReader {
    private static final int LEAST_SEED = 8;
    private static final int LEAST_DATES = 2;

    private final YamlNode root;

    OrderReader(YamlNode root) {
        this.root = root;
    }

    List<OrderKey> keys() {
        var node = root.get("order");
        var keys = node.list(OrderReader::key);
        Set<OrderKey.By> distinct = new HashSet<>();
        if (!keys.stream().map(OrderKey::by).allMatch(distinct::add)) {
            node.report("a key is given twice");
        }
        if (keys.isEmpty() || !isLast(keys.get(keys.size() - 1))) {
            node.report("the last key must be receipt-number, which is unique, or draw: no two households may share "
                    + "a place");
        }
        requireSection(distinct.contains(OrderKey.By.SCORE), "score", "scoring");
        requireSection(distinct.contains(OrderKey.By.PRIORITY), "priority", "priorityClasses");
        if (!distinct.contains(OrderKey.By.PRIORITY)
                && root.find("priorityClasses").isPresent()) {
            root.get("priorityClasses").report("the order has no key 'priority', so these classes change nothing");
        }
        return keys;
    }

    private static boolean isLast(OrderKey key) {
        return key.by() == OrderKey.By.RECEIPT_NUMBER || key.by() == OrderKey.By.DRAW;
    }

    private void requireSection(boolean isUsed, String key, String section) {
        if (isUsed && root.find(section).isEmpty()) {
            root.get("order").report("the order uses the " + key + ", but the document has no " + section);
        }
    }

    private static OrderKey key(YamlNode node) {
        var by = node.get("by").oneOf(OrderKey.By.class);
        var direction = node.get("direction").oneOf(OrderKey.Direction.class);
        return switch (by) {
            case EARLIEST_OF -> earliestOf(node, direction);
            case DRAW -> draw(node, direction);
            case PRIORITY, SCORE, APPLIED_AT, REGISTERED_AT, RECEIPT_NUMBER -> {
                node.onlyKeys("by", "direction");
                yield new OrderKey(by, direction, List.of(), null);
            }
        };
    }

    private static OrderKey earliestOf(YamlNode node, OrderKey.Direction direction) {
        node.onlyKeys("by", "direction", "dates");
        var dates = node.get("dates").list(date -> date.oneOf(Milestone.class));
        if (new HashSet<>(dates).size() < LEAST_DATES) {
            node.get("dates").report("two different dates are expected here, of which the earlier counts");
        }
        return new OrderKey(OrderKey.By.EARLIEST_OF, direction, dates, null);
    }

    private static OrderKey draw(YamlNode node, OrderKey.Direction direction) {
        node.onlyKeys("by", "direction", "seed");
        var seed = node.get("seed").text();
        if (seed.length() < LEAST_SEED) {
            node.get("seed").report("a seed of at least " + LEAST_SEED + " characters is expected here");
        }
        return new OrderKey(OrderKey.By.DRAW, direction, List.of(), seed);
    }
}
