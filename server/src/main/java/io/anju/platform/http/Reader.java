package io.anju.platform.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns one JSON value into a typed one, and notes what is wrong with it. */
@FunctionalInterface
public interface Reader<T> {
    /** Any JSON at all, as it came. */
    Reader<JsonNode> TREE = Input::node;

    /** Gives the value, or null after a fault was noted. */
    @Nullable
    T read(Input input);

    /** Arrays with bounds on the number of items; {@code unique} refuses an item that was there before. */
    static <T> Reader<List<T>> list(Reader<T> item, int minimum, int maximum, boolean unique) {
        return input -> {
            var node = input.node();
            if (!node.isArray()) {
                return input.fault(FormProblem.WRONG_TYPE, Map.of("expected", "array"));
            }
            if (node.size() < minimum) {
                return input.fault(FormProblem.TOO_FEW_ITEMS, Map.of("minimum", Integer.toString(minimum)));
            }
            if (node.size() > maximum) {
                return input.fault(FormProblem.TOO_MANY_ITEMS, Map.of("maximum", Integer.toString(maximum)));
            }
            return items(input, item, unique);
        };
    }

    private static <T> List<T> items(Input input, Reader<T> item, boolean unique) {
        var node = input.node();
        var items = new ArrayList<T>(node.size());
        var earlier = unique ? new HashSet<T>() : null;
        for (int i = 0; i < node.size(); i++) {
            var place = input.item(i, node.get(i));
            T value = place.node().isNull() ? place.fault(FormProblem.NULL_NOT_ALLOWED, Map.of()) : item.read(place);
            if (value == null) {
                continue;
            }
            if (earlier != null && !earlier.add(value)) {
                place.fault(FormProblem.DUPLICATE_ITEM, Map.of());
            }
            items.add(value);
        }
        return items;
    }

    /** Objects whose field names are the client's choice. */
    static <T> Reader<Map<String, T>> map(Reader<T> value, int maximum) {
        return input -> {
            var node = input.node();
            if (!node.isObject()) {
                return input.fault(FormProblem.WRONG_TYPE, Map.of("expected", "object"));
            }
            if (node.size() > maximum) {
                return input.fault(FormProblem.TOO_MANY_ITEMS, Map.of("maximum", Integer.toString(maximum)));
            }
            var entries = new LinkedHashMap<String, T>();
            node.properties().forEach(entry -> {
                var place = input.field(entry.getKey(), entry.getValue());
                T read = value.read(place);
                if (read != null) {
                    entries.put(entry.getKey(), read);
                }
            });
            return entries;
        };
    }
}
