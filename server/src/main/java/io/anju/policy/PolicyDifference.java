package io.anju.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.anju.platform.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One place where two documents differ.
 *
 * @param place e.g. {@code eligibility/income/require/le}: elements of a list by their id or name, else by number from 1
 * @param before empty where only the second document has the place
 * @param after empty where only the first has it
 */
public record PolicyDifference(String place, String before, String after) {
    @Override
    public String toString() {
        if (before.isEmpty()) {
            return "+ " + place + ": " + after;
        }
        return after.isEmpty() ? "- " + place + ": " + before : "~ " + place + ": " + before + " → " + after;
    }

    /** Every difference of content, in the order of the places; layout and comments are none. */
    static List<PolicyDifference> between(PolicyDocument before, PolicyDocument after) {
        var differences = new ArrayList<PolicyDifference>();
        collect("", PlainJson.tree(before.content()), PlainJson.tree(after.content()), differences);
        return List.copyOf(differences);
    }

    private static void collect(String place, JsonNode before, JsonNode after, List<PolicyDifference> found) {
        if (before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject() || before.isArray() && after.isArray()) {
            var left = parts(before);
            var right = parts(after);
            for (var name : names(left, right)) {
                var inner = place.isEmpty() ? name : place + "/" + name;
                collect(inner, part(left, name), part(right, name), found);
            }
            requireSameOrder(place, before, after, found);
            return;
        }
        found.add(new PolicyDifference(place, show(before), show(after)));
    }

    /** The same elements in another order are another document: the pipeline and the order of keys say so. */
    private static void requireSameOrder(String place, JsonNode before, JsonNode after, List<PolicyDifference> found) {
        if (!before.isArray()) {
            return;
        }
        var left = new ArrayList<>(elementNames(before));
        var right = new ArrayList<>(elementNames(after));
        var common = new LinkedHashSet<>(left);
        common.retainAll(right);
        left.retainAll(common);
        right.retainAll(common);
        if (!left.equals(right)) {
            found.add(new PolicyDifference(place, String.join(", ", left), String.join(", ", right)));
        }
    }

    private static Map<String, JsonNode> parts(JsonNode node) {
        var parts = new TreeMap<String, JsonNode>();
        if (node.isObject()) {
            node.properties().forEach(entry -> parts.put(entry.getKey(), entry.getValue()));
            return parts;
        }
        var names = elementNames(node);
        for (var i = 0; i < names.size(); i++) {
            parts.put(names.get(i), node.path(i));
        }
        return parts;
    }

    /** An element's id, name, date or key if it has one that is unique in its list, else its number. */
    private static List<String> elementNames(JsonNode list) {
        var names = new ArrayList<String>();
        var seen = new TreeSet<String>();
        for (var i = 0; i < list.size(); i++) {
            var name = name(list.path(i));
            names.add(!name.isEmpty() && seen.add(name) ? name : String.valueOf(i + 1));
        }
        return names;
    }

    private static String name(JsonNode element) {
        for (var key : List.of("id", "by", "from", "name")) {
            if (element.path(key).isTextual()) {
                return element.path(key).asText();
            }
        }
        return "";
    }

    private static TreeSet<String> names(Map<String, JsonNode> left, Map<String, JsonNode> right) {
        var names = new TreeSet<>(left.keySet());
        names.addAll(right.keySet());
        return names;
    }

    private static JsonNode part(Map<String, JsonNode> parts, String name) {
        return parts.getOrDefault(name, MissingNode.getInstance());
    }

    private static String show(JsonNode node) {
        return node.isValueNode() ? node.asText() : node.isMissingNode() ? "" : node.toString();
    }
}
