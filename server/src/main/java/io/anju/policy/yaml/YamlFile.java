package io.anju.policy.yaml;

import io.anju.platform.json.PlainJson;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a YAML file into nodes that know their lines, without turning values into Java objects: a version {@code 1.10}
 * stays the text that was written.
 */
public final class YamlFile {
    private static final int MAX_CHARS = 1_000_000;
    private static final int MAX_DEPTH = 40;

    private YamlFile() {}

    /** The top of the file; throws {@link InvalidPolicyException} when it is not a YAML mapping. */
    public static Node read(String text, Faults faults) {
        var root = compose(text, faults);
        if (root == null) {
            faults.report(1, "the file is empty");
        } else if (root instanceof MappingNode) {
            refuseRepeatedKeys(root, faults);
        } else {
            faults.report(root, "keys and values are expected at the top");
        }
        faults.refuse();
        if (root == null) {
            throw new IllegalStateException("an empty file has been reported");
        }
        return root;
    }

    /** Null for an empty file. */
    private static @Nullable Node compose(String text, Faults faults) {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARS);
        options.setNestingDepthLimit(MAX_DEPTH);
        // no rule needs aliases, and without them no small file can unfold into a huge one
        options.setMaxAliasesForCollections(0);
        try {
            return new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            faults.report(
                    e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1, "not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            faults.report(1, "not YAML: " + e.getMessage());
        }
        faults.refuse();
        return null;
    }

    /** One spelling for the same content: sorted keys, every value as text, nothing for what is left open. */
    public static String canonical(Node root, String leftOut) {
        var content = toTree(root);
        if (content instanceof Map<?, ?> top) {
            top.remove(leftOut);
        }
        return PlainJson.write(content);
    }

    private static Object toTree(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().strip();
        }
        if (node instanceof SequenceNode sequence) {
            List<Object> list = new ArrayList<>();
            sequence.getValue().forEach(element -> list.add(toTree(element)));
            return list;
        }
        Map<String, Object> map = new TreeMap<>();
        for (var tuple : ((MappingNode) node).getValue()) {
            if (!tuple.getValueNode().getTag().equals(Tag.NULL)) {
                map.put(((ScalarNode) tuple.getKeyNode()).getValue(), toTree(tuple.getValueNode()));
            }
        }
        return map;
    }

    private static void refuseRepeatedKeys(Node node, Faults faults) {
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(element -> refuseRepeatedKeys(element, faults));
        } else if (node instanceof MappingNode mapping) {
            var seen = new HashSet<String>();
            for (var tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    faults.report(tuple.getKeyNode(), "a key must be a single word");
                } else if (!seen.add(key.getValue())) {
                    faults.report(key, "'" + key.getValue() + "' is given twice");
                }
                refuseRepeatedKeys(tuple.getValueNode(), faults);
            }
        }
    }
}
