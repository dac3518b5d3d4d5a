package io.anju.policy.yaml;

import io.anju.policy.number.Rational;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A place in a policy file that can be read as what it should be, or else reports its line. */
public final class YamlNode {
    /** Remarks on where a number was read; allowed everywhere and without effect on any result. */
    private static final Set<String> REMARKS = Set.of("source", "asSeenAt", "confidence", "assumed", "note");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,12}(\\.\\d{1,6})?");
    private static final int MAX_TEXT = 500;

    private final Node node;
    private final Faults faults;

    public YamlNode(Node node, Faults faults) {
        this.node = node;
        this.faults = faults;
    }

    /** Reports the reason at this line and gives what to throw. */
    public Faults.Broken broken(String reason) {
        report(reason);
        return new Faults.Broken();
    }

    public void report(String reason) {
        faults.report(node, reason);
    }

    public boolean isMapping() {
        return node instanceof MappingNode;
    }

    /** Reports keys that are neither in the list nor remarks. */
    public void onlyKeys(String... keys) {
        onlyKeys(Set.of(keys));
    }

    public void onlyKeys(Set<String> keys) {
        for (var tuple : mapping().getValue()) {
            var key = keyOf(tuple);
            if (!keys.contains(key) && !REMARKS.contains(key)) {
                faults.report(
                        tuple.getKeyNode(),
                        "unknown key '" + key + "'; known here: " + String.join(", ", new TreeSet<>(keys)));
            }
        }
    }

    public Optional<YamlNode> find(String key) {
        return mapping().getValue().stream()
                .filter(tuple -> keyOf(tuple).equals(key))
                .filter(tuple -> !tuple.getValueNode().getTag().equals(Tag.NULL))
                .map(tuple -> new YamlNode(tuple.getValueNode(), faults))
                .findFirst();
    }

    public YamlNode get(String key) {
        return find(key).orElseThrow(() -> broken("'" + key + "' is missing"));
    }

    /** Reads every element, also when some are broken; those are reported and left out. */
    public <T> List<T> list(Function<YamlNode, T> read) {
        if (!(node instanceof SequenceNode sequence)) {
            throw broken("a list is expected here");
        }
        return sequence.getValue().stream()
                .map(element -> new YamlNode(element, faults))
                .flatMap(element -> faults.attempt(() -> read.apply(element)).stream())
                .collect(Collectors.toUnmodifiableList());
    }

    /** A list under the key; empty when there is none. */
    public <T> List<T> listOf(String key, Function<YamlNode, T> read) {
        return find(key).map(found -> found.list(read)).orElse(List.of());
    }

    public String text() {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            throw broken("a single value is expected here");
        }
        var value = scalar.getValue().strip();
        if (value.isEmpty() || value.length() > MAX_TEXT) {
            throw broken("a text of 1 to " + MAX_TEXT + " characters is expected here");
        }
        return value;
    }

    public String text(Pattern pattern, String expected) {
        var value = text();
        if (!pattern.matcher(value).matches()) {
            throw broken("'" + value + "' is not " + expected);
        }
        return value;
    }

    public Rational number() {
        return Rational.of(new BigDecimal(text(NUMBER, "a number with at most 12 digits and 6 decimals")));
    }

    public int integer(int least, int most) {
        var expected = "a whole number from " + least + " to " + most;
        var value = new BigDecimal(text(NUMBER, expected));
        if (value.stripTrailingZeros().scale() > 0
                || value.compareTo(BigDecimal.valueOf(least)) < 0
                || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw broken("'" + value.toPlainString() + "' is not " + expected);
        }
        return value.intValueExact();
    }

    public boolean yesOrNo() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw broken("true or false is expected here");
        };
    }

    public LocalDate date() {
        var value = text();
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw broken("'" + value + "' is not a date like 2026-01-31");
        }
    }

    public <E extends Enum<E>> E oneOf(Class<E> type) {
        var value = text();
        return Codes.find(type, value).orElseThrow(() -> broken("'" + value + "' is none of " + codes(type)));
    }

    private static <E extends Enum<E>> String codes(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Codes::kebab).collect(Collectors.joining(", "));
    }

    private MappingNode mapping() {
        if (node instanceof MappingNode mapping) {
            return mapping;
        }
        throw broken("keys and values are expected here");
    }

    private static String keyOf(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }
}
