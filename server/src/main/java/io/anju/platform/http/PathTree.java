package io.anju.platform.http;

import io.vertx.core.http.HttpMethod;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation of a path, segment by segment.
 *
 * <p>A router that tries one pattern after the other costs more the longer the contract grows; a tree costs as much as
 * the path is long, and knows which other methods a path has.
 */
final class PathTree {
    private static final int MAX_PARAMETERS = 8;

    private final Node root = new Node();

    PathTree(List<Mounted> operations) {
        for (Mounted operation : operations) {
            add(operation);
        }
    }

    /** What stands at one path. */
    static final class Node {
        private final Map<String, Node> children = new HashMap<>();
        private final Map<HttpMethod, Mounted> operations = new HashMap<>();
        private @Nullable Node parameter;

        /** What answers this method; HEAD is a GET whose body is left out. */
        @Nullable
        Mounted operation(HttpMethod method) {
            return operations.get(method == HttpMethod.HEAD ? HttpMethod.GET : method);
        }

        /** For {@code Allow}. */
        String allowed() {
            var names =
                    operations.keySet().stream().map(HttpMethod::name).collect(Collectors.toCollection(TreeSet::new));
            if (names.contains("GET")) {
                names.add("HEAD");
            }
            return String.join(", ", names);
        }
    }

    /** A path that some operation has, and the values of its parameters in order. */
    record Match(Node node, String[] parameters) {}

    /** Gives what stands at this path, as it came on the wire; null where no operation has it. */
    @Nullable
    Match find(String path) {
        var values = new String[MAX_PARAMETERS];
        return path.isEmpty() || path.charAt(0) != '/' ? null : find(root, path, 1, values, 0);
    }

    private static @Nullable Match find(Node node, String path, int from, String[] values, int count) {
        if (from > path.length()) {
            return node.operations.isEmpty() ? null : new Match(node, Arrays.copyOf(values, count));
        }
        int slash = path.indexOf('/', from);
        int to = slash < 0 ? path.length() : slash;
        var segment = decode(path.substring(from, to));
        if (segment == null) {
            return null;
        }
        var child = node.children.get(segment);
        var match = child == null ? null : find(child, path, to + 1, values, count);
        if (match != null || node.parameter == null || segment.isEmpty()) {
            return match;
        }
        values[count] = segment;
        return find(node.parameter, path, to + 1, values, count + 1);
    }

    private static @Nullable String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        try {
            // in a path a plus is a plus
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private void add(Mounted mounted) {
        var operation = mounted.operation();
        var node = root;
        var parameters = new ArrayList<String>();
        for (String segment : operation.path().substring(1).split("/", -1)) {
            if (segment.startsWith("{")) {
                parameters.add(segment);
                node.parameter = node.parameter == null ? new Node() : node.parameter;
                node = node.parameter;
            } else {
                node = node.children.computeIfAbsent(segment, name -> new Node());
            }
        }
        if (parameters.size() > MAX_PARAMETERS) {
            throw new IllegalArgumentException(operation.id() + " has too many parameters in its path");
        }
        if (node.operations.put(operation.method(), mounted) != null) {
            throw new IllegalArgumentException("two operations at " + operation.method() + " " + operation.path());
        }
    }
}
