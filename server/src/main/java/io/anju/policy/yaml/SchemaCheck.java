package io.anju.policy.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Compares a file with the published JSON Schema, the one that an editor completes and checks against while writing.
 */
public final class SchemaCheck {
    public static final SchemaCheck DOCUMENT = new SchemaCheck("/policy-schema/policy-document.schema.json");
    public static final SchemaCheck CITY = new SchemaCheck("/policy-schema/city.schema.json");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final JsonSchema schema;

    private SchemaCheck(String resource) {
        try (var in = SchemaCheck.class.getResourceAsStream(resource)) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the schema finds, by line; nothing for what is not YAML, which its reader says better. */
    public List<PolicyFault> faults(String file, String text) {
        var root = root(file, text);
        return root.isEmpty()
                ? List.of()
                : validate(text).stream()
                        .map(message -> fault(file, root.get(), message))
                        .distinct()
                        .toList();
    }

    private static Optional<Node> root(String file, String text) {
        try {
            return Optional.of(YamlFile.read(text, new Faults(file)));
        } catch (InvalidPolicyException e) {
            return Optional.empty();
        }
    }

    private Set<ValidationMessage> validate(String text) {
        try {
            return schema.validate(YAML.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("one YAML reader took what the other refused", e);
        }
    }

    private static PolicyFault fault(String file, Node root, ValidationMessage message) {
        var path = message.getInstanceLocation();
        var node = root;
        for (var i = 0; i < path.getNameCount(); i++) {
            node = child(node, String.valueOf(path.getElement(i)));
        }
        return new PolicyFault(file, node.getStartMark().getLine() + 1, message.getMessage());
    }

    /** The element or value of that name; the node itself where there is none. */
    private static Node child(Node node, String name) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().get(Integer.parseInt(name));
        }
        if (node instanceof MappingNode mapping) {
            for (var tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(name)) {
                    return tuple.getValueNode();
                }
            }
        }
        return node;
    }
}
